import type { ColumnType } from 'kysely';

type Json = Record<string, unknown> | unknown[];

/** Read as a value, written as JSON text: the driver turns an array into a PostgreSQL array. */
export type JsonColumn = ColumnType<Json, string, string>;
export type NullableJsonColumn = ColumnType<Json | null, string | null, string | null>;
