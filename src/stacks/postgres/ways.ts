import type { SqlType } from '../../manifest/type-row.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';

/** What PostgreSQL keeps of a value, whatever the type promises about it beyond. */
export type Kind = Exclude<SqlType, 'varchar'>;

export function kindOf({ type }: ResourceField): Kind {
  const { sql } = typeRow(type);
  return sql === 'varchar' ? 'text' : sql;
}

/** `casts` are made one after another; `using` is for what no cast says. */
export type Way = {
  casts?: string[];
  using?: (value: string) => string;
  /** What is lost, said of the field. */
  loses?: string;
  /** What a value is that ends the change with an error. */
  stops?: string;
  /** A value that the cast would cut without a word. */
  cuts?: Cut;
};

/** What such a value has, and how to find it. */
export type Cut = { what: string; where: (value: string) => string };

const cast = (...casts: string[]): Way => ({ casts });
const parse = (type: string): Way => ({ casts: [type], stops: `cannot be read as ${type}` });
const toText = cast('text');
const none = undefined;
const isoTime = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/**
 * How the values of one kind become those of another. Where there is no way, the column is made
 * anew. Casts to `varchar(n)` cut silently where they are explicit, so none is: the
 * assignment refuses what is too long.
 */
export const ways: Record<Kind, Record<Kind, Way | undefined>> = {
  text: {
    text: cast(),
    integer: parse('integer'),
    'double precision': {
      ...parse('double precision'),
      cuts: {
        what: 'has more digits than a number keeps',
        where: (value) => `${value}::numeric <> ${value}::double precision::text::numeric`,
      },
    },
    numeric: parse('numeric'),
    boolean: parse('boolean'),
    date: {
      ...parse('date'),
      cuts: {
        what: 'has a time after the day',
        where: (value) => `${value}::timestamp <> ${value}::date`,
      },
    },
    'time(0)': {
      casts: ['time(0)'],
      cuts: {
        what: 'is not a time such as 10:30',
        where: (value) => `${value} !~ '^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$'`,
      },
    },
    'timestamptz(3)': {
      ...parse('timestamptz(3)'),
      cuts: {
        what: 'is more exact than milliseconds',
        where: (value) => `${value}::timestamptz <> ${value}::timestamptz(3)`,
      },
    },
    uuid: parse('uuid'),
    jsonb: parse('jsonb'),
  },
  integer: {
    integer: cast(),
    'double precision': cast('double precision'),
    numeric: cast('numeric'),
    boolean: { casts: ['boolean'], loses: 'keeps only whether it is 0' },
    text: toText,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    uuid: none,
    jsonb: none,
  },
  'double precision': {
    'double precision': cast(),
    integer: { casts: ['integer'], loses: 'is rounded to whole numbers', stops: 'is out of range' },
    // By way of text, since the direct cast keeps 15 digits of the 17.
    numeric: cast('text', 'numeric'),
    text: toText,
    boolean: none,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    uuid: none,
    jsonb: none,
  },
  numeric: {
    numeric: cast(),
    integer: { casts: ['integer'], loses: 'is rounded to whole numbers', stops: 'is out of range' },
    'double precision': {
      casts: ['double precision'],
      loses: 'keeps about 15 digits',
      stops: 'is out of range',
    },
    text: toText,
    boolean: none,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    uuid: none,
    jsonb: none,
  },
  boolean: {
    boolean: cast(),
    integer: cast('integer'),
    'double precision': cast('integer', 'double precision'),
    numeric: cast('integer', 'numeric'),
    text: toText,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    uuid: none,
    jsonb: none,
  },
  date: {
    date: cast(),
    'timestamptz(3)': { using: (value) => `${value}::timestamp at time zone 'UTC'` },
    text: toText,
    integer: none,
    'double precision': none,
    numeric: none,
    boolean: none,
    'time(0)': none,
    uuid: none,
    jsonb: none,
  },
  'time(0)': {
    'time(0)': cast(),
    text: toText,
    integer: none,
    'double precision': none,
    numeric: none,
    boolean: none,
    date: none,
    'timestamptz(3)': none,
    uuid: none,
    jsonb: none,
  },
  'timestamptz(3)': {
    'timestamptz(3)': cast(),
    date: {
      using: (value) => `(${value} at time zone 'UTC')::date`,
      loses: 'keeps the day and loses the time',
    },
    'time(0)': {
      using: (value) => `date_trunc('second', ${value} at time zone 'UTC')::time(0)`,
      loses: 'keeps the time in UTC, in whole seconds, and loses the day',
    },
    text: { using: (value) => `to_char(${value} at time zone 'UTC', '${isoTime}')` },
    integer: none,
    'double precision': none,
    numeric: none,
    boolean: none,
    uuid: none,
    jsonb: none,
  },
  uuid: {
    uuid: cast(),
    text: toText,
    integer: none,
    'double precision': none,
    numeric: none,
    boolean: none,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    jsonb: none,
  },
  jsonb: {
    jsonb: cast(),
    text: toText,
    integer: none,
    'double precision': none,
    numeric: none,
    boolean: none,
    date: none,
    'time(0)': none,
    'timestamptz(3)': none,
    uuid: none,
  },
};

/** How long the values of a kind get as text; undefined where there is no limit. */
export const widest: Record<Kind, number | undefined> = {
  text: undefined,
  integer: 11,
  'double precision': 24,
  numeric: undefined,
  boolean: 5,
  date: 10,
  'time(0)': 8,
  'timestamptz(3)': 24,
  uuid: 36,
  jsonb: undefined,
};
