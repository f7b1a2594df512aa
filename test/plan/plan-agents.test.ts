import { expect, it } from 'vitest';
import { agentPlatforms } from '../../src/manifest/choices.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { accountsManifest } from '../stacks/manifests.ts';
import { apply, plan, projectOf } from './virtual.ts';

const without: Manifest = accountsManifest;
const withAll: Manifest = { ...without, agents: [...agentPlatforms] };
const command = 'gen apply';

it('adds the files of agents later as they are made at the start, and takes them out without a trace', async () => {
  const before = projectOf(without);
  const adding = await plan(before, { before: without, after: withAll, command });
  const lock = 'backend.lock.json';
  const added = apply(before, adding.changes);
  const { [lock]: _added, ...files } = added;
  expect(files).toEqual(projectOf(withAll));
  const removing = await plan(added, { before: withAll, after: without, command });
  const { [lock]: _removed, ...left } = apply(added, removing.changes);
  expect(left).toEqual(before);
});

it('keeps what was written into them, and leaves others alone when one agent goes', async () => {
  const agents = ['claude-code', 'codex'] as const;
  const both: Manifest = { ...without, agents: [...agents] };
  const texts = projectOf(both);
  const skill = '.claude/skills/add-endpoint/SKILL.md';
  const edited = { ...texts, [skill]: `${texts[skill]}\nOurs: name endpoints in English.\n` };
  const after: Manifest = { ...without, agents: ['codex'] };
  const { changes, notices } = await plan(edited, { before: both, after, command });
  const deleted = changes.flatMap(({ kind, path }) => (kind === 'delete' ? [path] : []));
  expect(deleted.every((path) => /^(\.claude\/|CLAUDE\.md|\.mcp\.json)/.test(path))).toBe(true);
  expect(deleted).not.toContain(skill);
  expect(notices).toContainEqual(expect.objectContaining({ kind: 'kept', path: skill }));
});
