import type { Change } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { Lineage } from '../manifest/lock.ts';
import type { Stack } from '../stacks/stack.ts';
import { nameOf } from './database-state.ts';
import type { Clash } from './migration-clashes.ts';
import { clashesOf } from './migration-clashes.ts';
import type { ProjectFiles } from './project-files.ts';

type Taking = {
  /** What a command adds. */
  added: readonly Change[];
  /** The migrations of each endpoint as far as they are known, and those that the command is about. */
  lineage: Lineage;
  plurals: readonly string[];
  stack: Stack;
  files: ProjectFiles;
};

/** Throws a UserError if a new migration makes a table or a column that another one has made. */
export function refuseTaken({ added, lineage, plurals, stack, files }: Taking): void {
  const fresh = added.flatMap(({ path, ...change }) =>
    change.kind === 'create' ? [{ name: nameOf(path), text: String(change.content) }] : [],
  );
  if (fresh.length === 0) return;
  const madeTables = fresh.some(({ text }) => stack.tablesOf(text).created.size > 0);
  const own = new Set(plurals.flatMap((plural) => lineage[plural] ?? []));
  const elsewhere = new Set(
    Object.values(lineage)
      .flat()
      .filter((name) => !own.has(name)),
  );
  const there = files
    .list(stack.migrations)
    .filter((file) => stack.isMigration(file))
    // Of a column tell only the migrations of its table, and those that nobody knows yet.
    .filter((file) => madeTables || !elsewhere.has(nameOf(file)))
    .map((file) => ({ name: nameOf(file), text: files.read(`${stack.migrations}/${file}`) ?? '' }));
  const names = new Set(fresh.map(({ name }) => name));
  const clashes = clashesOf(
    [...there, ...fresh].map(({ name, text }) => ({ name, statements: stack.statementsOf(text) })),
  ).filter(({ name, kind }) => kind === 'there' && names.has(name));
  const [first] = clashes;
  if (first === undefined) return;
  throw new UserError(clashes.map(problemOf), `gen migration drop_${first.what.replace('.', '_')}`);
}

function problemOf({ what, other }: Clash): Problem {
  const [table = '', column] = what.split('.');
  const kind = column === undefined ? 'table' : 'column';
  const taken = column === undefined ? `The table ${table}` : `The column ${column} of ${table}`;
  return {
    found: `${taken} exists: the migration ${other} makes it.`,
    expected: `Expected a name that is free, or a migration that drops or renames that ${kind}.`,
  };
}
