import type { ColumnType } from 'kysely';

type Json = Record<string, unknown> | unknown[];

/** Read as a value, written as JSON text: an array as it is would become one of PostgreSQL's own. */
export type JsonColumn = ColumnType<Json, string, string>;
export type NullableJsonColumn = ColumnType<Json | null, string | null, string | null>;
