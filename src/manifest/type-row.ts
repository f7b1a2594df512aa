import type * as z from 'zod';
import type { Modifier } from './modifier-table.ts';

export type Schemas = typeof z;

/** Everything that is known of a type on any stack; schemas are created when they are needed. */
export type TypeRow = {
  /** For the questions, the help and the schema of `backend.json`. */
  says: string;
  /** Its names in other tools. */
  aliases?: readonly string[];
  /** What is typed directly after it, and its key in `backend.json`. */
  argument?: { key: 'values' | 'to'; example: string; schema: (z: Schemas) => z.ZodType };
  takes: readonly Modifier[];
  /** What to do instead of a modifier that it does not take. */
  misfits?: Partial<Record<Modifier, string>>;
  /**
   * What `min` and `max` bound: the length; a number, whatever the type; or a value of the type. For a
   * list they count the items.
   */
  bounds?: 'length' | 'number' | 'value';
  /** Whether any text is valid that is not blank. */
  isFree?: true;
  /** The longest text without a max, in characters. */
  longest?: number;
  /** Whether filters have a `min` and a `max` as well. */
  isRanged?: true;
  /** A default in `backend.json`. */
  value?: (z: Schemas) => z.ZodType;
  /** One of the values. */
  example?: string | number | boolean;
  /** The stored form of a value that can be written in several ways. */
  stored?: (value: string) => string;
  /** The type of its column. A `varchar` gets its length. */
  sql: SqlType;
  /** A placeholder for rows that must have a value. */
  nothing?: string | number | boolean;
};

export type Bound = number | string;

/** The types of columns. */
export type SqlType =
  | 'varchar'
  | 'text'
  | 'integer'
  | 'double precision'
  | 'numeric'
  | 'boolean'
  | 'date'
  | 'time(0)'
  | 'timestamptz(3)'
  | 'uuid'
  | 'jsonb';
