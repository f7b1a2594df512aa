import { isNewer } from '../../manifest/version.ts';
import type { Resource, ResourceField } from '../resource.ts';
import { quoteName, tableLines } from './sql.ts';

export const indexKinds = ['index', 'search'] as const;
export type IndexKind = (typeof indexKinds)[number];

export const isIndexKind = (kind: string): kind is IndexKind =>
  indexKinds.some((each) => each === kind);

/** What comes before the name of an index: that for search may have been left out. */
export const existing = (kind: IndexKind): string => (kind === 'search' ? 'if exists ' : '');

/** The statements for the indexes of one field, named `table_column_kind`. */
export const indexLines: Record<IndexKind, (table: string, field: ResourceField) => string[]> = {
  index: orderIndex,
  search: searchIndex,
};

/** The statements that make the table, the first of them over several lines. */
export function creationStatements(resource: Resource): string[] {
  const lines = tableLines(resource).map((line) => `  ${line}`);
  const table = quoteName(resource.names.table);
  return [`create table ${table} (\n${lines.join(',\n')}\n)`, ...indexStatements(resource)];
}

/**
 * The statements for the indexes behind references, filters, sorts, searches and whatever asks for
 * one. Those that lists read through end with the id, by which the rows of a page follow each other.
 */
export function indexStatements({ names, fields }: Resource): string[] {
  const all = fields.flatMap((field) =>
    indexKinds.flatMap((kind) => indexLines[kind](names.table, field)),
  );
  return withoutRepeats(all);
}

/** The columns of each of these indexes, as `price, id`. */
export function indexedColumns(resource: Resource): string[] {
  return indexStatements(resource).flatMap((statement) => {
    const [, columns] = /^create index .*\(([^()]+)\)$/.exec(statement) ?? [];
    return columns === undefined ? [] : [columns.replace(/"| gin_trgm_ops/g, '')];
  });
}

/** Indexes that fields have only since a version of this tool. All others they always had. */
const later: { since: string; kind: IndexKind; has: (field: ResourceField) => boolean }[] = [
  { since: '0.3.0', kind: 'search', has: ({ search }) => search },
  { since: '0.3.0', kind: 'index', has: ({ unique }) => unique },
];

/** The indexes that a table lacks which a version of this tool has made, and how to take them back. */
export function indexesSince(
  version: string,
  { names: { table }, fields }: Resource,
): { up: string[]; down: string[] } {
  const missing = fields.flatMap((field) =>
    later
      .filter(({ since, has }) => isNewer(since, version) && has(field))
      .map(({ kind }) => ({ kind, field, lines: indexLines[kind](table, field) }))
      .filter(({ lines }) => lines.length > 0),
  );
  return {
    up: missing.flatMap(({ lines }) => lines),
    down: missing.map(
      ({ kind, field: { column } }) => `drop index ${existing(kind)}${table}_${column}_${kind}`,
    ),
  };
}

/** Several indexes need the same extension. */
export function withoutRepeats(statements: readonly string[]): string[] {
  return [...new Set(statements)];
}

function orderIndex(table: string, field: ResourceField): string[] {
  const { column, type, list, sort, filter, index, unique } = field;
  if (unique ? !isWalkedWithoutValue(field) : !(type === 'ref' || sort || filter || index))
    return [];
  const isPaged = type === 'ref' || sort || filter;
  const columns = isPaged && !list ? `${quoteName(column)}, id` : quoteName(column);
  const target = `${quoteName(table)}${list ? ' using gin' : ''} (${columns})`;
  return [`create index ${table}_${column}_index on ${target}`];
}

/** The index of its constraint leads through the rows with a value only. */
const isWalkedWithoutValue = ({ sort, optional }: ResourceField) => sort && optional;

function searchIndex(table: string, { column, search }: ResourceField): string[] {
  if (!search) return [];
  const target = `${quoteName(table)} using gin (${quoteName(column)} gin_trgm_ops)`;
  return [trigrams, `create index ${table}_${column}_search on ${target}`];
}

/** Nothing is half done where it fails: the migration that it is part of stops. */
const trigrams = `do $$ begin
  create extension if not exists pg_trgm;
exception when others then
  raise exception 'The index for search needs the extension pg_trgm, and it cannot be made: %. '
    'Have an administrator of the database run "create extension pg_trgm" once and migrate again, '
    'or take the index out of this migration: search then reads every row.', sqlerrm;
end $$`;
