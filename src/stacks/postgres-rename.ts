import type { ConstraintKind } from './postgres.ts';
import { quoteName } from './postgres.ts';
import type { IndexKind } from './postgres-indexes.ts';
import { existing, isIndexKind } from './postgres-indexes.ts';

/** A column with the endings of the names of what leans on it. */
type Rename = { from: string; to: string; parts: (ConstraintKind | IndexKind)[] };

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
      return isIndexKind(part)
        ? `alter index ${existing(part)}${names} rename to ${target}`
        : `${alter} rename constraint ${names} to ${target}`;
    }),
  ];
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
