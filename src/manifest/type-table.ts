import type { Schemas, TypeRow } from './type-row.ts';

const keys = ['list', 'optional', 'unique', 'index', 'min', 'max'] as const;
const hidden = ['private', 'self', 'readonly'] as const;
const inLists = ['filter', 'sort', ...hidden] as const;

const text = (z: Schemas) => z.string({ error: 'Expected a string.' });
const hasNoOrder = 'The order of ids has no meaning: leave `sort` out.';
const addressExpected = 'Expected an address, such as https://example.com.';
const timeExpected = 'Expected a time, such as 10:30 or 10:30:15.';
const enumExpected = 'Expected values, as in enum:draft,published.';
const refExpected = 'Expected the plural name of an endpoint, as in ref:users.';

/** The types of fields, in the order of the question. */
export const typeTable = {
  string: {
    says: 'A short text.',
    aliases: ['char', 'str', 'varchar'],
    takes: [...keys, 'search', ...inLists, 'default'],
    isFree: true,
    bounds: 'length',
    longest: 255,
    value: text,
    example: 'plain',
    sql: 'varchar',
    nothing: '-',
  },
  text: {
    says: 'A long text.',
    takes: ['list', 'optional', 'min', 'max', 'search', ...hidden, 'default'],
    misfits: {
      unique: 'A text can be too long for an index: expected a string.',
      index: 'A text can be too long for an index: expected a string.',
      filter: 'A text can be too long to compare as a whole: expected `search` instead.',
      sort: 'Sorted values are part of a URL, and a text can be too long: expected a string.',
    },
    isFree: true,
    bounds: 'length',
    longest: 20_000,
    value: text,
    example: 'plain',
    sql: 'text',
    nothing: '-',
  },
  integer: {
    says: 'A whole number.',
    aliases: ['bigint', 'int'],
    takes: [...keys, ...inLists, 'default'],
    bounds: 'number',
    isRanged: true,
    value: (z) => z.int({ error: 'Expected a whole number, such as 3.' }),
    example: 3,
    sql: 'integer',
    nothing: 0,
  },
  number: {
    says: 'An approximate number, for measurements.',
    aliases: ['double', 'float', 'real'],
    takes: [...keys, ...inLists, 'default'],
    bounds: 'number',
    isRanged: true,
    value: (z) => z.number({ error: 'Expected a number, such as 1.5.' }),
    example: 1.5,
    sql: 'double precision',
    nothing: 0,
  },
  decimal: {
    says: 'An exact number, such as for money; a string in JSON.',
    aliases: ['money', 'numeric'],
    takes: [...keys, ...inLists, 'default'],
    bounds: 'number',
    isRanged: true,
    value: (z) =>
      z
        .string({ error: 'Expected a string with a decimal number, such as "9.90".' })
        .regex(/^-?\d+(\.\d+)?$/, { error: 'Expected a decimal number, such as 9.90.' }),
    example: '9.90',
    sql: 'numeric',
    nothing: 0,
  },
  boolean: {
    says: 'True or false.',
    aliases: ['bool'],
    takes: ['list', 'optional', 'index', 'min', 'max', ...inLists, 'default'],
    misfits: { unique: 'There could be only two rows: leave `unique` out.' },
    value: (z) => z.boolean({ error: 'Expected true or false.' }),
    example: true,
    sql: 'boolean',
    nothing: false,
  },
  date: {
    says: 'A day, such as 2026-01-31.',
    takes: [...keys, ...inLists, 'default'],
    isRanged: true,
    value: (z) => z.iso.date({ error: 'Expected a date, such as 2026-01-31.' }),
    example: '2026-01-31',
    sql: 'date',
    nothing: '1970-01-01',
  },
  time: {
    says: 'A time of day without a zone, such as 10:30.',
    takes: [...keys, ...inLists, 'default'],
    bounds: 'value',
    isRanged: true,
    value: (z) =>
      z.string({ error: timeExpected }).regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, {
        error: timeExpected,
      }),
    example: '10:30',
    stored: (value) => value.padEnd(8, ':00'),
    sql: 'time(0)',
    nothing: '00:00:00',
  },
  datetime: {
    says: 'A moment in UTC.',
    aliases: ['timestamp', 'timestamptz'],
    takes: [...keys, ...inLists, 'default'],
    isRanged: true,
    value: (z) =>
      z.iso.datetime({
        offset: true,
        error: 'Expected a date with its time, such as 2026-01-31T12:00:00Z.',
      }),
    example: '2026-01-31T12:00:00Z',
    stored: (value) => new Date(value).toISOString(),
    sql: 'timestamptz(3)',
    nothing: '1970-01-01T00:00:00Z',
  },
  uuid: {
    says: 'A UUID.',
    takes: [...keys, 'filter', ...hidden, 'default'],
    misfits: { sort: hasNoOrder },
    value: (z) => z.uuid({ error: 'Expected a UUID.' }),
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
    sql: 'uuid',
    nothing: '00000000-0000-0000-0000-000000000000',
  },
  email: {
    says: 'An email address.',
    aliases: ['mail'],
    takes: [...keys, 'search', ...inLists, 'default'],
    bounds: 'length',
    longest: 254,
    value: (z) => z.email({ error: 'Expected an address, such as me@example.com.' }),
    example: 'me@example.com',
    stored: (value) => value.toLowerCase(),
    sql: 'varchar',
    nothing: 'nobody@example.com',
  },
  url: {
    says: 'A web address.',
    aliases: ['link'],
    takes: [...keys, 'search', ...inLists, 'default'],
    bounds: 'length',
    longest: 2048,
    value: (z) =>
      z
        .url({ protocol: /^https?$/, error: addressExpected })
        .regex(/^[^\s"'<>\\^`{|}]*$/, addressExpected),
    example: 'https://example.com',
    sql: 'varchar',
    nothing: 'https://example.com',
  },
  json: {
    says: 'Any JSON.',
    aliases: ['object'],
    takes: ['optional', ...hidden],
    misfits: {
      list: 'A json field can hold a list anyway: leave `list` out.',
      filter: 'JSON values cannot be compared: leave `filter` out.',
      sort: 'JSON values have no order: leave `sort` out.',
      default: 'Expected `optional` instead.',
    },
    sql: 'jsonb',
    nothing: '{}',
  },
  enum: {
    says: 'One of these values.',
    argument: {
      key: 'values',
      example: 'draft,published',
      schema: (z) =>
        z
          .array(
            text(z).regex(/^[A-Za-z0-9_-]+$/, {
              error: 'Expected letters, digits, `_` or `-`, as in enum:draft,published.',
            }),
            { error: enumExpected },
          )
          .min(1, { error: enumExpected })
          .describe('The values that are allowed.'),
    },
    takes: [...keys, ...inLists, 'default'],
    value: text,
    example: 'draft',
    sql: 'text',
  },
  ref: {
    says: 'The id of a row of another endpoint.',
    aliases: ['belongsto', 'foreign', 'references', 'relation'],
    argument: {
      key: 'to',
      example: 'users',
      schema: (z) =>
        z
          .string({ error: refExpected })
          .regex(/^[a-z][A-Za-z0-9]*$/, { error: refExpected })
          .describe('The plural name of the endpoint whose row it points to.'),
    },
    takes: ['optional', 'unique', 'index', 'filter', ...hidden, 'owner'],
    misfits: {
      list: 'For many-to-many, expected a separate endpoint with a ref to each side.',
      sort: hasNoOrder,
      default: 'No row exists in advance: expected `optional` instead.',
    },
    sql: 'uuid',
  },
} as const satisfies Record<string, TypeRow>;

export type FieldType = keyof typeof typeTable;

/** The default type of a field. */
export const usualType = 'string' satisfies FieldType;

export const isFieldType = (name: string): name is FieldType => Object.hasOwn(typeTable, name);

export const fieldTypes: readonly FieldType[] = Object.keys(typeTable).filter(isFieldType);

export const typeRow = (type: FieldType): TypeRow => typeTable[type];
