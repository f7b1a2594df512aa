import { maxLength } from '../../manifest/sizes.ts';
import type { ResourceField } from '../resource.ts';
import { columnType } from './sql.ts';

/** What PostgreSQL keeps of a value, whatever the type promises about it beyond. */
type Kind =
  | 'text'
  | 'integer'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'uuid'
  | 'json';

const kinds: Record<ResourceField['type'], Kind> = {
  string: 'text',
  text: 'text',
  email: 'text',
  url: 'text',
  enum: 'text',
  integer: 'integer',
  number: 'number',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  uuid: 'uuid',
  ref: 'uuid',
  json: 'json',
};

/** `casts` are made one after another; `using` is for what no cast says. */
type Way = {
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
type Cut = { what: string; where: (value: string) => string };

const cast = (...casts: string[]): Way => ({ casts });
const parse = (type: string): Way => ({ casts: [type], stops: `cannot be read as ${type}` });
const toText = cast('text');
const isoTime = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/**
 * How the values of one kind become those of another. What is missing cannot be done: the column
 * is made anew. Casts to `varchar(n)` cut silently where they are explicit, so none is: the
 * assignment refuses what is too long.
 */
const ways: Record<Kind, Partial<Record<Kind, Way>>> = {
  text: {
    text: cast(),
    integer: parse('integer'),
    number: {
      ...parse('double precision'),
      cuts: {
        what: 'has more digits than a number keeps',
        where: (value) => `${value}::numeric <> ${value}::double precision::text::numeric`,
      },
    },
    decimal: parse('numeric'),
    boolean: parse('boolean'),
    date: {
      ...parse('date'),
      cuts: {
        what: 'has a time behind the day',
        where: (value) => `${value}::timestamp <> ${value}::date`,
      },
    },
    datetime: {
      ...parse('timestamptz(3)'),
      cuts: {
        what: 'is more exact than milliseconds',
        where: (value) => `${value}::timestamptz <> ${value}::timestamptz(3)`,
      },
    },
    uuid: parse('uuid'),
    json: parse('jsonb'),
  },
  integer: {
    integer: cast(),
    number: cast('double precision'),
    decimal: cast('numeric'),
    boolean: { casts: ['boolean'], loses: 'keeps only whether it is 0' },
    text: toText,
  },
  number: {
    number: cast(),
    integer: { casts: ['integer'], loses: 'is rounded to whole numbers', stops: 'is out of range' },
    // By way of text, since the direct cast keeps 15 digits of the 17.
    decimal: cast('text', 'numeric'),
    text: toText,
  },
  decimal: {
    decimal: cast(),
    integer: { casts: ['integer'], loses: 'is rounded to whole numbers', stops: 'is out of range' },
    number: {
      casts: ['double precision'],
      loses: 'keeps about 15 digits',
      stops: 'is out of range',
    },
    text: toText,
  },
  boolean: {
    boolean: cast(),
    integer: cast('integer'),
    number: cast('integer', 'double precision'),
    decimal: cast('integer', 'numeric'),
    text: toText,
  },
  date: {
    date: cast(),
    datetime: { using: (value) => `${value}::timestamp at time zone 'UTC'` },
    text: toText,
  },
  datetime: {
    datetime: cast(),
    date: {
      using: (value) => `(${value} at time zone 'UTC')::date`,
      loses: 'keeps the day and loses the time',
    },
    text: { using: (value) => `to_char(${value} at time zone 'UTC', '${isoTime}')` },
  },
  uuid: { uuid: cast(), text: toText },
  json: { json: cast(), text: toText },
};

/** How long the values of a kind get as text; undefined where there is no limit. */
const widest: Partial<Record<Kind, number>> = {
  integer: 11,
  number: 24,
  boolean: 5,
  date: 10,
  datetime: 24,
  uuid: 36,
};

export type Conversion = {
  /** The expression that makes a value of the new type; undefined where the column does by itself. */
  using: ((column: string) => string) | undefined;
  loses: string | undefined;
  /** What a value is that cannot be converted. */
  stops: string | undefined;
  /** The most characters of a text, where there may be more. */
  longest: number | undefined;
  cuts: Cut | undefined;
  /** Of the first item of an empty list nothing is left. */
  makesNulls: boolean;
};

/** How the values of a column become those of another; undefined where they cannot. */
export function conversionOf(before: ResourceField, after: ResourceField): Conversion | undefined {
  if (after.parent && before.parent && after.parent.names.table !== before.parent.names.table)
    return undefined;
  if (before.list && after.type === 'json') return listToJson;
  if (before.type === 'json' && after.list) return undefined;
  const [from, to] = [kinds[before.type], kinds[after.type]];
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
  const kind = kinds[before.type];
  const length = kind === 'text' ? textLength(before) : widest[kind];
  return length === undefined || length > limit;
}

function textLength(field: ResourceField): number | undefined {
  return field.type === 'enum'
    ? Math.max(...field.values.map((value) => value.length))
    : limitOf(field);
}

/** The characters that a column holds; undefined where it holds any number of them. */
function limitOf(field: ResourceField): number | undefined {
  return columnType(field).startsWith('varchar') ? maxLength(field) : undefined;
}
