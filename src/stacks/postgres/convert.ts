import { maxLength } from '../../manifest/sizes.ts';
import type { SqlType } from '../../manifest/type-row.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';
import { columnType } from './sql.ts';

/** The SQL type of a value, without the further rules of the field type. */
type Kind = Exclude<SqlType, 'varchar'>;

function kindOf({ type }: ResourceField): Kind {
  const { sql } = typeRow(type);
  return sql === 'varchar' ? 'text' : sql;
}

/** `casts` are applied one after another; `using` is for other expressions. */
type Way = {
  casts?: string[];
  using?: (value: string) => string;
  /** What is lost, as a predicate of the field. */
  loses?: string;
  /** Which values stop the change with an error. */
  stops?: string;
  /** Which values the cast would cut silently. */
  cuts?: Cut;
};

/** Values that are cut: what they have, and how to find them. */
type Cut = { what: string; where: (value: string) => string };

const cast = (...casts: string[]): Way => ({ casts });
const parse = (type: string): Way => ({ casts: [type], stops: `cannot be read as ${type}` });
const toText = cast('text');
const isoTime = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/**
 * How values of one type are converted to another. A missing entry cannot be converted: the column is
 * created again. An explicit cast to `varchar(n)` cuts silently, so there is none: the assignment
 * refuses what is too long.
 */
const ways: Record<Kind, Partial<Record<Kind, Way>>> = {
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
  },
  'double precision': {
    'double precision': cast(),
    integer: { casts: ['integer'], loses: 'is rounded to whole numbers', stops: 'is out of range' },
    // Through text, since the direct cast keeps only 15 of the 17 digits.
    numeric: cast('text', 'numeric'),
    text: toText,
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
  },
  boolean: {
    boolean: cast(),
    integer: cast('integer'),
    'double precision': cast('integer', 'double precision'),
    numeric: cast('integer', 'numeric'),
    text: toText,
  },
  date: {
    date: cast(),
    'timestamptz(3)': { using: (value) => `${value}::timestamp at time zone 'UTC'` },
    text: toText,
  },
  'time(0)': { 'time(0)': cast(), text: toText },
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
  },
  uuid: { uuid: cast(), text: toText },
  jsonb: { jsonb: cast(), text: toText },
};

/** The greatest length of values as text; undefined if there is no limit. */
const widest: Record<Kind, number | undefined> = {
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

export type Conversion = {
  /** The expression for a value of the new type; undefined if the column needs none. */
  using: ((column: string) => string) | undefined;
  loses: string | undefined;
  /** Which values cannot be converted. */
  stops: string | undefined;
  /** The most characters of a text, if there can be more. */
  longest: number | undefined;
  cuts: Cut | undefined;
  /** Whether a value can become null: an empty list has no first item. */
  makesNulls: boolean;
};

/** How the values of a column are converted; undefined if they cannot be. */
export function conversionOf(before: ResourceField, after: ResourceField): Conversion | undefined {
  if (after.parent && before.parent && after.parent.names.table !== before.parent.names.table)
    return undefined;
  if (before.list && after.type === 'json') return listToJson;
  if (before.type === 'json' && after.list) return undefined;
  const [from, to] = [kindOf(before), kindOf(after)];
  const way = ways[from][to];
  if (way === undefined) return undefined;
  const using = expressionOf(way, before, after);
  if (using === undefined) return undefined;
  const isLong = to === 'text' && isLonger(before, after);
  return {
    using: before.list === after.list && way.casts?.length === 0 ? undefined : using,
    loses: before.list && !after.list ? 'keeps only the first of its values' : way.loses,
    stops: way.stops,
    longest: isLong ? limitOf(after) : undefined,
    cuts: way.cuts,
    makesNulls: before.list && !after.list,
  };
}

const listToJson: Conversion = {
  using: (column) => `to_jsonb(${column})`,
  loses: undefined,
  stops: undefined,
  longest: undefined,
  cuts: undefined,
  makesNulls: false,
};

function expressionOf(
  { casts, using }: Way,
  before: ResourceField,
  after: ResourceField,
): Conversion['using'] {
  const item = using ?? ((value) => [value, ...(casts ?? [])].join('::'));
  if (before.list && after.list) {
    return casts && ((column) => [column, ...casts.map((type) => `${type}[]`)].join('::'));
  }
  if (before.list) return (column) => item(`${column}[1]`);
  if (!after.list) return item;
  const asList = (column: string) => `array[${item(column)}]`;
  if (!before.optional) return asList;
  return (column) => `case when ${column} is not null then ${asList(column)} end`;
}

function isLonger(before: ResourceField, after: ResourceField): boolean {
  const limit = limitOf(after);
  if (limit === undefined) return false;
  const kind = kindOf(before);
  const length = kind === 'text' ? textLength(before) : widest[kind];
  return length === undefined || length > limit;
}

function textLength(field: ResourceField): number | undefined {
  return field.type === 'enum'
    ? Math.max(...field.values.map((value) => value.length))
    : limitOf(field);
}

/** The most characters that a column holds; undefined if there is no limit. */
function limitOf(field: ResourceField): number | undefined {
  return columnType(field).startsWith('varchar') ? maxLength(field) : undefined;
}
