import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from './commands.ts';
import type { Made } from './made.ts';
import { makeProject, runCommand } from './project.ts';
import { emptyWalk } from './run-walks.ts';
import { faultsIn } from './type-errors.ts';
import type { WalkedStack } from './walked.ts';
import { walked } from './walked.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const stackNames: WalkedStack[] = ['express', 'fastapi'];

/** A project with every part of its stack, and all that can stand around its API. */
const withEverything = (stack: WalkedStack): Made => {
  const { rules } = walked[stack].stack;
  return {
    stack,
    auth: 'jwt',
    accounts: [...rules.accounts],
    graphql: true,
    agents: ['claude-code', 'opencode', 'gemini-cli', 'github-copilot', 'codex', 'cursor'],
    client: 'client/api.ts',
    collections: true,
    services: { payments: { required: true, webhook: true }, taxes: {} },
  };
};

/** Twenty changes, and what takes each of them back. */
const changes: ReadonlyArray<readonly [there: string, back: string]> = [
  ['endpoint posts title:string body:text author:ref:users:owner', 'remove endpoint posts'],
  ['endpoint tags name:string:unique --access read=public', 'remove endpoint tags'],
  ['field add posts rank:integer:min=0:default=0', 'field remove posts rank'],
  ['field add posts status:enum:draft,live:default=draft', 'field remove posts status'],
  ['field add posts tag:ref:tags:optional:filter', 'field remove posts tag'],
  ['field add users displayName:string:max=80:optional', 'field remove users displayName'],
  ['field add users mentor:ref:users:optional', 'field remove users mentor'],
  ['field rename posts body content', 'field rename posts content body'],
  ['field rename tags name label', 'field rename tags label name'],
  ['field rename users displayName nick', 'field rename users nick displayName'],
  ['field change posts title:string:max=80:search', 'field change posts title:string'],
  [
    'field change posts rank:integer:default=0:sort',
    'field change posts rank:integer:min=0:default=0',
  ],
  ['field change tags label:string:unique:sort', 'field change tags label:string:unique'],
  ['field add posts price:decimal:min=0:default=1.50', 'field remove posts price'],
  ['field add posts labels:string:list', 'field remove posts labels'],
  ['field add tags due:date:optional:filter', 'field remove tags due'],
  ['field add tags secret:string:private:optional', 'field remove tags secret'],
  [
    'field change posts price:decimal:min=0:optional',
    'field change posts price:decimal:min=0:default=1.50',
  ],
  ['endpoint rename posts articles', 'endpoint rename articles posts'],
  ['endpoint rename tags topics', 'endpoint rename topics tags'],
];

/** The migrations of the changes, and the list of them: they stay, since databases have run them. */
const isOfMigrations = (path: string) =>
  /^(src\/db\/migrations|migrations\/versions)\/2026/.test(path) || path === 'backend.lock.json';

describe.each(stackNames)('twenty changes of a project with everything on %s', (stack) => {
  let folder: string;
  let root: string;
  let fresh: Record<string, string>;
  const done: string[] = [];
  const carryOut = async (commands: readonly string[]) => {
    for (const typed of commands) {
      const command: Command = [...typed.split(' '), '--force'];
      const clock = new Date(Date.UTC(2026, 5, 1, 0, 0, done.length));
      const outcome = await runCommand(root, command, { hasMigrated: true, clock });
      done.push(outcome.status === 'done' ? 'done' : `${typed}: ${outcome.why}`);
    }
  };
  beforeAll(async () => {
    folder = await emptyWalk(`there-and-back-${stack}`);
    root = join(folder, 'now');
    await makeProject(root, withEverything(stack));
    fresh = await filesOf(root);
  });

  it('leave code that type-checks, or parses and declares all that it uses', async () => {
    await carryOut(changes.map(([there]) => there));
    expect(done.filter((each) => each !== 'done')).toEqual([]);
    expect(await faultsIn(folder, [root])).toEqual([]);
  });

  it('taken back leave what was there before, but for migrations', async () => {
    await carryOut(changes.map(([, back]) => back).reverse());
    expect(done.filter((each) => each !== 'done')).toEqual([]);
    expect(await filesOf(root)).toEqual(fresh);
  });
});

async function filesOf(root: string): Promise<Record<string, string>> {
  const all = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = all
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !isOfMigrations(path) && !path.startsWith('.backend/'));
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')));
  return Object.fromEntries(paths.map((path, at) => [path, texts[at] ?? '']));
}
