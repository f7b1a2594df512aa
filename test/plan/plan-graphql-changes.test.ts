import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import type { Renames } from '../../src/manifest/renames.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { isBehind, readStatus } from '../../src/plan/status.ts';
import { parseRecord, planRecord, UNDO } from '../../src/plan/undo-record.ts';
import { express } from '../../src/stacks/express/express.ts';
import { accountsManifest, grown, withUserFields } from '../stacks/manifests.ts';
import { apply, filesOf, plan, projectOf, type Texts } from './virtual.ts';

const accounts: Manifest = { ...accountsManifest, graphql: true };
const posts = (...fields: string[]): Manifest =>
  grown(
    accounts,
    { name: 'posts', fields: ['title:string:filter', ...fields] },
    { name: 'comments', fields: ['text:text', 'post:ref:posts'] },
  );
const usual = posts('note:text:optional');
const names = { from: 'posts', to: 'articles' };

type Step = { before: Manifest; after: Manifest; renames?: Renames };

const steps: [string, Step][] = [
  ['a field added', { before: posts(), after: usual }],
  ['a field removed', { before: usual, after: posts() }],
  ['a field changed', { before: usual, after: posts('note:enum:short,long:optional:filter:sort') }],
  ['a field made private', { before: usual, after: posts('note:text:optional:private') }],
  [
    'a field renamed',
    {
      before: usual,
      after: posts('remark:text:optional'),
      renames: { fields: { posts: { note: 'remark' } } },
    },
  ],
  [
    'an endpoint renamed',
    { before: usual, after: moveEndpoint(usual, names), renames: { endpoint: names } },
  ],
  [
    'a field of users added',
    { before: usual, after: withUserFields(usual, 'mentor:ref:users:optional') },
  ],
  ['the part taken out', { before: usual, after: { ...usual, graphql: false } }],
];

/** Shared files may have their lines in another order. */
const isOfGraphql = (path: string) =>
  /graphql|connections/.test(path) || /\.(repository|service)\.ts$/.test(path);

async function made(manifest: Manifest): Promise<Texts> {
  const before = { ...accounts, graphql: manifest.graphql === true, endpoints: {} };
  const users = {
    users: manifest.endpoints.users ?? { fields: {}, pagination: 'cursor' as const },
  };
  const bare = { ...before, endpoints: users };
  const texts = projectOf(bare);
  return apply(texts, (await plan(texts, { before: bare, after: manifest })).changes);
}

describe.each(steps)('%s', (_case, step) => {
  it('leaves what a project has that was made so', async () => {
    const texts = await made(step.before);
    const { changes, notices } = await plan(texts, { ...step, force: true });
    expect(notices.filter(({ kind }) => kind === 'conflict' || kind === 'manual')).toEqual([]);
    const next = apply(texts, changes);
    const fresh = await made(step.after);
    const ofGraphql = (all: Texts) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => isOfGraphql(path)));
    expect(ofGraphql(next)).toEqual(ofGraphql(fresh));
    expect(next['package.json']).toBe(fresh['package.json']);
  });

  it('is what it was after gen undo, and gen status has nothing to say in between', async () => {
    const texts = await made(step.before);
    const { changes } = await plan(texts, { ...step, force: true });
    const done = { command: 'gen x', renames: step.renames ?? {}, changes };
    const next = apply(texts, [...changes, ...planRecord(done, filesOf(texts))]);
    const files = filesOf(next);
    const status = await readStatus({
      stack: express,
      applied: step.after,
      manifest: step.after,
      files,
      madeBy: '9.9.9',
      version: '9.9.9',
      pending: new Set(),
      missing: [],
      isMerged: false,
    });
    const others = status.files.filter((file) => file.status !== 'pristine');
    expect([others, isBehind(status)]).toEqual([[], false]);
    const record = parseRecord(next[UNDO]);
    if (!record) throw new Error('there is no note');
    const clock = new Date('2026-02-01T12:00:00Z');
    const undone = planUndo({
      record,
      applied: step.after,
      hasMigrated: false,
      stack: express,
      files,
      clock,
      force: true,
    });
    const { [UNDO]: _, ...again } = apply(next, (await undone).changes);
    expect(again).toEqual(texts);
  });
});
