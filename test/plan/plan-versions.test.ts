import { describe, expect, it } from 'vitest';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { FieldRequest } from '../../src/manifest/field-command.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addVersion, removeVersion } from '../../src/manifest/version-request.ts';
import type { Stack } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, grown } from '../stacks/manifests.ts';
import { apply, plan, type Texts } from './virtual.ts';

const changes: FieldRequest[] = [
  { kind: 'rename', endpoint: 'posts', from: 'title', to: 'headline' },
  { kind: 'rename', endpoint: 'posts', from: 'headline', to: 'caption' },
  { kind: 'add', endpoint: 'posts', fields: ['views:integer'] },
  { kind: 'change', endpoint: 'posts', fields: ['kinds:integer:list:optional'] },
];

describe.each(Object.entries(stacks))('an old version on %s', (stackName, entry) => {
  const start: Manifest = { ...accountsManifest, stack: stackName, graphql: true };
  const shown = grown(
    start,
    { name: 'tags', fields: ['name'] },
    {
      name: 'posts',
      fields: ['title:string:unique', 'kinds:string:list:optional', 'tag:ref:tags'],
      under: 'tags',
    },
  );

  /** The texts of a project after these manifests, one after the other; without migrations. */
  async function after(stack: Stack, manifests: Manifest[]): Promise<Texts> {
    let texts: Texts = {};
    let before: Manifest = { ...start, endpoints: {} };
    for (const next of manifests) {
      const { changes } = await plan(texts, { before, after: next, stack, force: true });
      texts = apply(texts, changes);
      before = next;
    }
    const kept = Object.entries(texts).filter(
      ([path]) => !path.startsWith(stack.migrations) && path !== 'backend.lock.json',
    );
    return Object.fromEntries(kept);
  }

  const changed = (manifest: Manifest): Manifest[] => {
    const all = [manifest];
    for (const request of changes) {
      const { after } = parseFieldChange(request, all.at(-1) ?? manifest, entry.rules);
      all.push(after);
    }
    return all;
  };

  it('leaves no trace once it is removed', async () => {
    const stack = await entry.load();
    const newer = addVersion({ name: 'v2', today: '2026-11-28' }, shown);
    const versioned = changed(newer);
    const gone = removeVersion('v1', versioned.at(-1) ?? newer);
    const plain = changed({ ...shown, basePath: '/api/v2' });
    expect(await after(stack, [shown, ...versioned, gone])).toEqual(
      await after(stack, [shown, ...plain]),
    );
    expect(Object.keys(await after(stack, [shown, ...versioned])).join()).toContain('/v1/');
  });
});
