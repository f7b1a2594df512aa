import type * as z from 'zod';
import type { Modifier } from './modifier-table.ts';

export type Schemas = typeof z;

/** Everything that is known of a type, whatever the stack; its schemas are made once they are needed. */
export type TypeRow = {
  /** For the questions, the help and the schema of `backend.json`. */
  says: string;
  /** What other tools call it. */
  aliases?: readonly string[];
  /** What is typed right behind it, and the key under which it stands. */
  argument?: { key: 'values' | 'to'; example: string; schema: (z: Schemas) => z.ZodType };
  takes: readonly Modifier[];
  /** What to do instead where a modifier does not go with it. */
  misfits?: Partial<Record<Modifier, string>>;
  /**
   * What `min` and `max` say of a value: its length; a number, whatever the type; or a value of the
   * type. Of a list they count the items.
   */
  bounds?: 'length' | 'number' | 'value';
  /** Whether any text will do that says something. */
  isFree?: true;
  /** Of a text that says nothing of it, in characters. */
  longest?: number;
  /** Whether a filter by it has a `min` and a `max`. */
  isRanged?: true;
  /** A default, as it stands in `backend.json`. */
  value?: (z: Schemas) => z.ZodType;
  /** One of the values. */
  example?: string | number | boolean;
  /** The one way in which a value is stored that can be written in several. */
  stored?: (value: string) => string;
  /** The type of its column. A `varchar` gets its length. */
  sql: SqlType;
  /** A value that means nothing, where rows have to have one. */
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
