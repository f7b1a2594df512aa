import type { ConstraintKind } from './postgres.ts';
import { constraintKinds, constraintLines, indexStatement, quoteName } from './postgres.ts';
import type { Resource } from './resource.ts';

type Part = { kind: 'constraint' | 'index'; name: string };

/** A column with the endings of the names of what leans on it. */
type Rename = { from: string; to: string; parts: (ConstraintKind | 'index')[] };

/** Renames columns with their constraints and indexes, which the server knows by their names. */
export function renameColumns(table: string, columns: Rename[]): string[] {
  const renames = columns.filter(({ from, to }) => from !== to);
  return inOrder(renames).flatMap((rename) => renameOne(table, rename));
}

function renameOne(table: string, { from, to, parts }: Rename): string[] {
  const alter = `alter table ${quoteName(table)}`;
  return [
    `${alter} rename column ${quoteName(from)} to ${quoteName(to)}`,
    ...parts.map((part) => {
      const names = `${table}_${from}_${part}`;
      const target = `${table}_${to}_${part}`;
      return part === 'index'
        ? `alter index ${names} rename to ${target}`
        : `${alter} rename constraint ${names} to ${target}`;
    }),
  ];
}

/**
 * Renames a table with its constraints and indexes: a table that is called so later needs the names.
 * Both have the same columns.
 */
export function renameTable(before: Resource, after: Resource): string[] {
  const [from, to] = [before.names.table, after.names.table];
  if (from === to) return [];
  const parts = partsOf(after);
  return [
    `alter table ${quoteName(from)} rename to ${quoteName(to)}`,
    ...partsOf(before).map(({ kind, name }, at) => {
      const target = parts[at]?.name;
      return kind === 'index'
        ? `alter index ${name} rename to ${target}`
        : `alter table ${quoteName(to)} rename constraint ${name} to ${target}`;
    }),
  ];
}

/** The names of what leans on the columns of a table, and of its primary key. */
function partsOf({ names: { table }, fields }: Resource): Part[] {
  return [
    { kind: 'constraint', name: `${table}_pkey` },
    ...fields.flatMap((field) => [
      ...constraintKinds.flatMap((kind) =>
        constraintLines[kind](table, field).map((line) => partIn('constraint', line)),
      ),
      ...indexStatement(table, field).map((statement) => partIn('index', statement)),
    ]),
  ];
}

function partIn(kind: Part['kind'], sql: string): Part {
  const [, name] = new RegExp(`\\b${kind} (\\w+)`).exec(sql) ?? [];
  if (name === undefined) throw new Error(`no ${kind} is named in: ${sql}`);
  return { kind, name };
}

/** Whose new name is free goes first; where two swap names, one steps aside. */
function inOrder(renames: Rename[]): Rename[] {
  const [first] = renames;
  if (first === undefined) return [];
  const free = renames.find(({ to }) => !renames.some(({ from }) => from === to));
  if (free) return [free, ...inOrder(renames.filter((each) => each !== free))];
  const aside = `${first.from}__before`;
  const others = renames.filter((each) => each !== first);
  return [{ ...first, to: aside }, ...inOrder([...others, { ...first, from: aside }])];
}
