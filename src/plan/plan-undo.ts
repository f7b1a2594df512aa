import type { Change, Notice, Plan } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { hashOf } from '../manifest/hash.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';
import { reverseRenames } from '../manifest/renames.ts';
import { shellWord } from '../manifest/shell.ts';
import { isPackedTool } from '../manifest/tool.ts';
import type { Stack } from '../stacks/stack.ts';
import { findAffected } from './affected.ts';
import { planMigrations } from './plan-migrations.ts';
import type { BinaryFiles, ProjectFiles } from './project-files.ts';
import type { UndoRecord } from './undo-record.ts';
import { manifestBefore, restored, UNDO } from './undo-record.ts';

export type Undoing = {
  record: UndoRecord;
  /** The manifest that is applied now. */
  applied: Manifest;
  /** Whether a migration of the command has run, or may have. */
  hasMigrated: boolean;
  stack: Stack;
  files: BinaryFiles;
  clock: Date;
  /** Allows changes that lose data. */
  force: boolean;
};

type StoredFile = UndoRecord['files'][number];
type Step = { change?: Change; problem?: Problem };

/** The names of the migrations that a command added. */
export function migrationsOf({ files }: UndoRecord, { migrations }: Stack): string[] {
  return files
    .filter(({ kind, path }) => kind === 'create' && path.startsWith(`${migrations}/`))
    .map(({ path }) => path.slice(migrations.length + 1).replace(/\.[^.]*$/, ''));
}

/**
 * Undoes a command by restoring each file. A migration that has run is kept, and a new one reverses
 * it. Throws a UserError with every file that was changed since, and if the reverse would lose data.
 */
export function planUndo(undoing: Undoing): Plan {
  const { record, applied, hasMigrated, stack, files, clock, force } = undoing;
  const isKept = ({ path }: StoredFile) => hasMigrated && path.startsWith(`${stack.migrations}/`);
  const [own] = record.files;
  // Only their author knows what takes back what such a migration did.
  if (own !== undefined && record.files.every(isKept)) throw hasRun(own, stack);
  const steps = record.files
    .filter((file) => !isKept(file))
    .map((file) => planStep(file, contentOf(file.path, files)));
  const problems = steps.flatMap(({ problem }) => problem ?? []);
  const [first] = problems;
  if (first !== undefined) {
    const path = record.files.find((_, at) => steps[at]?.problem !== undefined)?.path ?? '';
    throw new UserError(problems, `git diff ${shellWord(path)}`);
  }
  const before = manifestBefore(record, applied, stack);
  const schema = {
    before: applied,
    after: before,
    renames: reverseRenames(record.renames),
    stack,
    files,
    clock,
    force,
    command: 'gen undo',
  };
  const affected = findAffected(applied, before, schema.renames);
  const reverse = hasMigrated ? planMigrations(schema, affected) : { changes: [], notices: [] };
  return {
    changes: [...steps.flatMap(({ change }) => change ?? []), ...reverse.changes, ...forget(files)],
    steps: [],
    notices: [
      ...reverse.notices,
      ...(hasMigrated ? affected.added.map((plural) => isEmpty(plural, stack)) : []),
      ...(reverse.changes.length > 0 ? [] : record.files.filter(isKept).map(stays)),
    ],
  };
}

function hasRun({ path }: StoredFile, { migrations }: Stack): UserError {
  const name = path.slice(migrations.length + 1).replace(/^\d+_|\.\w+$/g, '');
  const found = `${path} has run, or may have run.`;
  const expected = 'Expected it reverted first, or another migration that reverts it.';
  return new UserError([{ found, expected }], `gen migration revert_${name}`);
}

/** What an upgrade added to the database is in no manifest, so nothing reverses it. */
const stays = ({ path }: StoredFile): Notice => ({
  kind: 'kept',
  path,
  message: 'it has run, or may have run, so it is kept',
});

const isEmpty = (plural: string, { migrations }: Stack): Notice => ({
  kind: 'warning',
  path: migrations,
  message: `The table \`${resourceNames(plural).table}\` is created again, without its old rows.`,
});

const contentOf = (path: string, files: BinaryFiles) =>
  isPackedTool(path) ? files.bytes(path) : files.read(path);

function planStep(file: StoredFile, yours: string | Uint8Array | undefined): Step {
  const { path } = file;
  const before = file.kind === 'create' ? undefined : restored(file.before);
  if (isSame(yours, before)) return {};
  const isAsLeft =
    file.kind === 'delete'
      ? yours === undefined
      : yours !== undefined && hashOf(yours) === file.hash;
  if (!isAsLeft) {
    const what = yours === undefined ? 'was deleted' : 'was changed';
    const expected = 'Expected it unchanged since the command that is to be undone.';
    return { problem: { found: `${path} ${what} since.`, expected } };
  }
  if (yours === undefined) {
    return before === undefined ? {} : { change: { kind: 'create', path, content: before } };
  }
  if (before === undefined) {
    const secret = file.kind === 'create' && file.secret ? { secret: true as const } : {};
    return { change: { kind: 'delete', path, before: yours, ...secret } };
  }
  return {
    change: { kind: 'update', path, before: String(yours), content: String(before) },
  };
}

const isSame = (one: string | Uint8Array | undefined, other: string | Uint8Array | undefined) =>
  one === undefined || other === undefined ? one === other : hashOf(one) === hashOf(other);

function forget(files: ProjectFiles): Change[] {
  const before = files.read(UNDO);
  return before === undefined ? [] : [{ kind: 'delete', path: UNDO, before }];
}
