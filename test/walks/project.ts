import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commit } from '../../src/commit/commit.ts';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { asksForAccounts, growAccounts } from '../../src/manifest/accounts-request.ts';
import type { Plan } from '../../src/manifest/change.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { parseEndpointRename } from '../../src/manifest/endpoint-rename.ts';
import { UserError } from '../../src/manifest/errors.ts';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { LOCK, parseLock } from '../../src/manifest/lock.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint, parseManifest } from '../../src/manifest/manifest.ts';
import { parseRemoval } from '../../src/manifest/removal.ts';
import type { Renames } from '../../src/manifest/renames.ts';
import { planChange } from '../../src/plan/plan-change.ts';
import { planProject } from '../../src/plan/plan-project.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { conflictsOf, settle } from '../../src/plan/settle.ts';
import { parseRecord, planRecord, UNDO } from '../../src/plan/undo-record.ts';
import { readProject } from '../../src/project/read-project.ts';
import type { Stack } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import type { Command } from './commands.ts';
import type { Made } from './made.ts';
import { walked } from './walked.ts';

const version = '9.9.9';
const newSecret = () => randomBytes(32).toString('base64url');

export type Outcome =
  | { status: 'done'; plan: Plan }
  | { status: 'conflict'; why: string; paths: string[] }
  | { status: 'manual' | 'refused'; why: string };

/** A project on the disk, as `create-backend` writes it. */
export async function makeProject(root: string, made: Made): Promise<void> {
  const { packageManager, stack } = walked[made.stack];
  const settings = { name: 'walk', basePath: '/api', endpoints: {} };
  const manifest = withAccounts({ ...settings, ...made, packageManager });
  const tool = { kind: 'registry' as const, version };
  const existing = readProject(root);
  const request = { manifest, stack, tool, version, newSecret, steps: [], existing };
  for (const change of planProject(request).changes) {
    if (change.kind !== 'create') continue;
    await mkdir(dirname(join(root, change.path)), { recursive: true });
    await writeFile(join(root, change.path), change.content);
  }
}

export async function readManifest(root: string): Promise<Manifest> {
  return parseManifest(await readFile(join(root, 'backend.json'), 'utf8'), 'backend.json', stacks);
}

/** The stack of a project. */
export function stackIn({ stack }: Manifest): Stack {
  const found = Object.entries(walked).find(([name]) => name === stack);
  if (found === undefined) throw new Error(`No stack ${stack}`);
  return found[1].stack;
}

type Goal = { after: Manifest; renames: Renames; about?: string };

/** What `gen` does with a command, without its terminal: on a conflict nothing is written. */
export async function runCommand(
  root: string,
  command: Command,
  {
    hasMigrated,
    clock,
    takesGenerated = false,
  }: { hasMigrated: boolean; clock: Date; takesGenerated?: boolean },
): Promise<Outcome> {
  const manifest = await readManifest(root);
  const stack = stackIn(manifest);
  const files = readProject(root);
  const { sides } = parseLock(files.read(LOCK) ?? '', manifest, stacks);
  const [{ manifest: before, lineage }, ...others] = sides;
  const typed = `gen ${command.join(' ')}`;
  try {
    if (command[0] === 'undo') {
      const record = parseRecord(files.read(UNDO));
      if (record === undefined) return { status: 'refused', why: 'there is nothing to take back' };
      const undoing = { record, applied: before, hasMigrated, stack, files, clock };
      const plan = planUndo({ ...undoing, force: command.includes('--force') });
      await commit(root, plan.changes);
      return { status: 'done', plan };
    }
    const goal =
      command[0] === 'apply' ? { after: manifest, renames: {} } : goalOf(command, before);
    const force = command.includes('--force');
    const branches = { before, lineage, others };
    const change = {
      ...goal,
      ...branches,
      stack,
      files,
      clock,
      force,
      newSecret,
      version,
    };
    const planned = await planChange({ ...change, command: typed });
    const plan = takesGenerated ? settle(planned, () => ({ kind: 'generated' })) : planned;
    const conflicts = conflictsOf(plan);
    if (conflicts.length > 0) {
      const why = conflicts.map(({ path, snippet }) => `${path}\n${snippet}`).join('\n');
      return { status: 'conflict', why, paths: conflicts.map(({ path }) => path) };
    }
    const manual = plan.notices.find(({ kind }) => kind === 'manual');
    if (manual) return { status: 'manual', why: JSON.stringify(manual) };
    const { renames } = goal;
    const record = planRecord({ command: typed, renames, changes: plan.changes }, files);
    if (plan.changes.length > 0) await commit(root, [...plan.changes, ...record]);
    return { status: 'done', plan };
  } catch (error) {
    if (error instanceof UserError) return { status: 'refused', why: error.message };
    throw error;
  }
}

function goalOf([kind, what = '', ...words]: Command, before: Manifest): Goal {
  const { rules } = stackIn(before);
  const flags = words.indexOf('--force') < 0 ? words : words.slice(0, words.indexOf('--force'));
  if (kind === 'roles') return { after: withRoles(before, [what, ...words]), renames: {} };
  if (kind === 'endpoint' && what === 'rename') {
    const [from = '', to = ''] = flags;
    return parseEndpointRename({ from, to }, before, rules);
  }
  if (kind === 'endpoint' && asksForAccounts(what, before)) {
    const { after, names } = growAccounts({ name: what, fields: flags }, before, rules);
    return { after, renames: {}, about: names.plural };
  }
  if (kind === 'endpoint') {
    const value = (flag: string) =>
      flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined;
    const end = flags.findIndex((word) => word.startsWith('--'));
    const { names, endpoint } = parseEndpoint(
      {
        name: what,
        fields: end < 0 ? flags : flags.slice(0, end),
        pagination: value('--pagination'),
        access: value('--access'),
      },
      before,
      rules,
    );
    return {
      after: addEndpoint(before, names.plural, endpoint),
      renames: {},
      about: names.plural,
    };
  }
  const [endpoint = '', from = '', to = ''] = kind === 'remove' ? flags : flags;
  if (kind === 'remove') return { after: parseRemoval(endpoint, before, rules).after, renames: {} };
  const { after, renames, names } = parseFieldChange(
    what === 'rename'
      ? { kind: 'rename', endpoint, from, to }
      : what === 'remove'
        ? { kind: 'remove', endpoint, names: [from] }
        : { kind: what === 'add' ? 'add' : 'change', endpoint, fields: [from] },
    before,
    rules,
  );
  return { after, renames, about: names.plural };
}

/** What `gen apply` finds once the roles were edited; refused where rules of access name another. */
function withRoles(before: Manifest, others: readonly string[]): Manifest {
  const names = ['user', ...others.filter((name) => name !== ''), 'admin'];
  const readsAll = others.filter((name) => name === 'moderator');
  const after = { ...before, roles: { names, default: 'user', admin: 'admin', readsAll } };
  return parseManifest(formatManifest(after), 'backend.json', stacks);
}

export async function removeFile(root: string, path: string): Promise<void> {
  await rm(join(root, path));
}
