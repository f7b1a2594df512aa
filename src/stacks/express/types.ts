import { maxLength, numericBounds } from '../../manifest/sizes.ts';
import type { FieldType } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral, toOptions } from '../typescript/literal.ts';
import type { ExtremeValue, WrongValue } from './sample-values.ts';
import {
  decimalOf,
  extremeLengths,
  extremeNumbers,
  fractionOf,
  longAddresses,
  longUrls,
  textOf,
  wholeOf,
  wrongLengths,
  wrongNumbers,
} from './sample-values.ts';
import { extremeTimes, secondsOf, timeOf, wrongTimes } from './time-values.ts';

type OfField = (field: ResourceField) => string;

/** How this stack writes a type, as code. */
type TypeInCode = {
  /** The zod schema of a value, or of an item of a list. */
  schema: OfField;
  /** The schema of a query parameter with such a value, if it is a different one. */
  query?: string;
  /** Whether a cursor of a list that is sorted by it is checked as such a value. */
  isKey?: true;
  /** The type in TypeScript. */
  type: OfField;
  /** A valid value. `samples.ts` lists the variables that it may use. */
  sample: OfField;
  /** The number of different values. */
  capacity?: (field: ResourceField) => number;
  /** Values that are refused whatever the bounds are, by what is wrong with them. */
  malformed?: Record<string, string>;
  /** Values that are refused because of the bounds. */
  outside?: (field: ResourceField) => WrongValue[];
  /** Values at the limits of what is accepted, by their names. */
  extremes?: (field: ResourceField) => ExtremeValue[];
};

const itemBounds = (field: ResourceField) =>
  numericBounds(field.list ? { min: undefined, max: undefined } : field);
const length = (field: ResourceField, least?: number) =>
  toOptions({ min: itemBounds(field).min ?? least, max: maxLength(field) });
const notEmpty = ({ optional }: ResourceField) => (optional ? undefined : 1);
const inText = (value: number) => toLiteral(String(value));
const inString = () => 'string';
const inNumber = () => 'number';

function calls(field: ResourceField): string {
  const { min, max } = itemBounds(field);
  return `${min === undefined ? '' : `.min(${min})`}${max === undefined ? '' : `.max(${max})`}`;
}

function wholeNumbers(field: ResourceField): number {
  const { min, max } = numericBounds(field);
  return min === undefined || max === undefined ? Infinity : max - min + 1;
}

const words: TypeInCode = {
  schema: (field) => `text(${length(field, notEmpty(field))})`,
  type: inString,
  sample: textOf,
  malformed: { 'what cannot be stored': "'\\u0000'", 'white space alone': "' '" },
  outside: wrongLengths,
  extremes: extremeLengths,
};

export const types: Record<FieldType, TypeInCode> = {
  string: words,
  text: words,
  integer: {
    schema: (field) => `z.int32()${calls(field)}`,
    query: 'queryInteger',
    isKey: true,
    type: inNumber,
    sample: wholeOf,
    capacity: wholeNumbers,
    malformed: { 'a fraction': '1.5' },
    outside: (field) => wrongNumbers(field),
    extremes: (field) => extremeNumbers(field),
  },
  number: {
    schema: (field) => `z.number()${calls(field)}`,
    query: 'queryNumber',
    isKey: true,
    type: inNumber,
    sample: fractionOf,
    outside: (field) => wrongNumbers(field),
    extremes: (field) => extremeNumbers(field),
  },
  decimal: {
    schema: (field) => `decimal(${toOptions(itemBounds(field))})`,
    isKey: true,
    type: inString,
    sample: decimalOf,
    malformed: { 'a number that lost its digits': '1.5' },
    outside: (field) => wrongNumbers(field, inText),
    extremes: (field) => extremeNumbers(field, inText),
  },
  boolean: {
    schema: () => 'z.boolean()',
    query: 'queryBoolean',
    isKey: true,
    type: () => 'boolean',
    sample: () => 'count % 2 === 0',
  },
  date: {
    schema: () => 'date()',
    isKey: true,
    type: inString,
    sample: () => 'day.slice(0, 10)',
    malformed: { 'a day that does not exist': "'2026-02-30'" },
  },
  time: {
    schema: ({ list, min, max }) => `time(${list ? '' : toOptions({ min, max })})`,
    query: 'time()',
    isKey: true,
    type: inString,
    sample: timeOf,
    capacity: (field) => secondsOf(field).count,
    malformed: {
      'an hour that does not exist': "'24:00'",
      'an offset': "'10:30Z'",
      'a fraction of a second': "'10:30:00.5'",
    },
    outside: wrongTimes,
    extremes: extremeTimes,
  },
  datetime: {
    schema: () => 'dateTime()',
    isKey: true,
    type: inString,
    sample: () => 'day',
    malformed: { 'a time without an offset': "'2026-01-31T10:00:00'" },
  },
  uuid: {
    schema: () => 'z.uuid()',
    type: inString,
    sample: () => 'randomUUID()',
    malformed: { 'no UUID': "'1234'" },
  },
  email: {
    schema: (field) => `email(${length(field)})`,
    type: inString,
    sample: () => '`person${serial}@example.com`',
    ...longAddresses,
    malformed: { 'no address': "'nobody'" },
  },
  url: {
    schema: (field) => `url(${length(field)})`,
    type: inString,
    sample: () => '`https://example.com/${serial}`',
    ...longUrls,
    malformed: { 'another scheme': "'ftp://example.com'", 'a space': "'https://example.com/a b'" },
  },
  json: {
    schema: () => 'json()',
    type: inString,
    sample: () => '{ count }',
  },
  enum: {
    schema: ({ name }) => `z.enum(${name}Values)`,
    type: ({ name }) => `(typeof ${name}Values)[number]`,
    sample: ({ name, values }) =>
      `${name}Values[count % ${values.length}] ?? ${toLiteral(values[0] ?? '')}`,
    capacity: ({ values }) => values.length,
    malformed: { 'a value that is not listed': "'?'" },
    extremes: ({ values }) => values.map((value) => ({ which: value, value: toLiteral(value) })),
  },
  ref: {
    schema: () => 'z.uuid()',
    type: inString,
    sample: ({ parent, circular }) =>
      !parent || circular ? 'null' : `(await insert${parent.names.Singular}(db)).id`,
    malformed: { 'no id': "'1234'" },
  },
};
