import type { Resource } from '../resource.ts';
import type { IndexKind } from './indexes.ts';
import { existing, indexKinds, indexLines, isIndexKind } from './indexes.ts';
import type { ConstraintKind } from './sql.ts';
import { constraintKinds, constraintLines, quoteName } from './sql.ts';

/** A constraint or an index of a column or a table, by the ending of its name. */
type Part = { kind: ConstraintKind | IndexKind | 'pkey'; name: string };

/** A column, and the constraints and indexes of it. */
type Rename = { from: string; to: string; parts: (ConstraintKind | IndexKind)[] };

/** Renames columns with their constraints and indexes, whose names the server relies on. */
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
      return renamePart(table, { kind: part, name: names }, `${table}_${to}_${part}`);
    }),
  ];
}

function renamePart(table: string, { kind, name }: Part, target: string): string {
  return isIndexKind(kind)
    ? `alter index ${existing(kind)}${name} rename to ${target}`
    : `alter table ${quoteName(table)} rename constraint ${name} to ${target}`;
}

/**
 * Renames a table with its constraints and indexes: a later table of the old name needs their names.
 * Both have the same columns.
 */
export function renameTable(before: Resource, after: Resource): string[] {
  const [from, to] = [before.names.table, after.names.table];
  if (from === to) return [];
  const targets = partsOf(after);
  return [
    `alter table ${quoteName(from)} rename to ${quoteName(to)}`,
    ...partsOf(before).map((part, at) => renamePart(to, part, targets[at]?.name ?? part.name)),
  ];
}

/** The constraints and indexes of a table, with its primary key. */
function partsOf({ names: { table }, fields }: Resource): Part[] {
  return [
    { kind: 'pkey', name: `${table}_pkey` },
    ...fields.flatMap((field) => {
      const kinds = [
        ...constraintKinds.filter((kind) => constraintLines[kind](table, field).length > 0),
        ...indexKinds.filter((kind) => indexLines[kind](table, field).length > 0),
      ];
      return kinds.map((kind) => ({ kind, name: `${table}_${field.column}_${kind}` }));
    }),
  ];
}

/** A rename to a free name goes first; if two swap names, one gets a temporary name. */
function inOrder(renames: Rename[]): Rename[] {
  const [first] = renames;
  if (first === undefined) return [];
  const free = renames.find(({ to }) => !renames.some(({ from }) => from === to));
  if (free) return [free, ...inOrder(renames.filter((each) => each !== free))];
  const aside = `${first.from}__before`;
  const others = renames.filter((each) => each !== first);
  return [{ ...first, to: aside }, ...inOrder([...others, { ...first, from: aside }])];
}
