import { maxLength, numericBounds } from '../../manifest/sizes.ts';
import type { FieldType } from '../../manifest/type-table.ts';
import { itemOf, type ListSize, listSizes } from '../endpoint/list-sizes.ts';
import { toLiteral, toValue } from '../python/literal.ts';
import type { ResourceField } from '../resource.ts';
import { longAddresses, longUrls } from './long-texts.ts';

/** A value as code, and which it is: one that a field must refuse, or just takes. */
export type SampleValue = { which: string; value: string };

/** What tests know of a type. */
type Samples = {
  /** A valid value: `samples.py` says what it may name. */
  sample(field: ResourceField): string;
  /** How many values there are. */
  capacity?(field: ResourceField): number;
  /** Values that are refused whatever the bounds. */
  malformed?: readonly SampleValue[];
  /** Values that are refused because of the bounds. */
  outside?(field: ResourceField): SampleValue[];
  /** Values that are just taken. */
  extremes?(field: ResourceField): SampleValue[];
};

type Bounded = Pick<Samples, 'outside' | 'extremes'>;

const day = 24 * 60 * 60;
const repeated = (times: number) => (times > 3 ? `"x" * ${times}` : toLiteral('x'.repeat(times)));
const wrong = (which: string, text: string): SampleValue => ({ which, value: toLiteral(text) });

function textOf(field: ResourceField): string {
  const { name, list } = field;
  const { min = 0 } = numericBounds(field);
  const length = name.length + 5;
  const longest = maxLength(field);
  const text = `f"${name} {serial}"`;
  if (list) return text;
  if (longest < 4) return `serial[-${longest}:]`;
  if (longest < length) return min > 4 ? `serial.ljust(${min}, ".")` : 'serial';
  return min > length ? `${text}.ljust(${min}, ".")` : text;
}

function wholeOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  if (min === undefined && max === undefined) return 'number';
  const least = min ?? (max ?? 0) - 1000;
  if (max === undefined) return `${least} + number`;
  return max === least ? String(least) : `${least} + number % ${Math.min(max - least + 1, 1000)}`;
}

function fractionOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  if (min === undefined && max === undefined) return 'number + 0.5';
  if (max === undefined) return `${min} + number + 0.5`;
  if (min === undefined) return `${max} - number - 0.5`;
  return `${min} + number % 8 * ${max - min} / 8`;
}

function decimalOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  const least = Math.ceil(min ?? Math.min(0, (max ?? 0) - 1000));
  const span = max === undefined ? 1000 : Math.floor(max) - least;
  if (span < 1) return `Decimal(${toLiteral(String(min ?? max))})`;
  const steps = span >= 1000 ? 'number' : `number % ${span}`;
  const whole = least === 0 ? steps : `${least} + ${steps}`;
  return `Decimal(f"{${whole}}.${least < 0 ? '00' : '50'}")`;
}

function wholeNumbers(field: ResourceField): number {
  const { min, max } = numericBounds(field);
  return min === undefined || max === undefined ? Infinity : max - min + 1;
}

function wrongLengths(field: ResourceField): SampleValue[] {
  const { min = field.optional ? 0 : 1 } = numericBounds(field);
  const tooLong = { which: 'too long', value: repeated(maxLength(field) + 1) };
  const tooShort = { which: 'too short', value: repeated(Math.max(0, min - 1)) };
  return min > 0 ? [tooLong, tooShort] : [tooLong];
}

function extremeLengths(field: ResourceField): SampleValue[] {
  const { min = field.optional ? 0 : 1 } = numericBounds(field);
  const most = maxLength(field);
  const longest = { which: 'the longest', value: repeated(most) };
  return min === most ? [longest] : [longest, { which: 'the shortest', value: repeated(min) }];
}

const numbers = (write: (value: number) => string): Bounded => ({
  outside(field) {
    const { min, max } = numericBounds(field);
    return [
      ...(min === undefined ? [] : [{ which: 'too small', value: write(min - 1) }]),
      ...(max === undefined ? [] : [{ which: 'too big', value: write(max + 1) }]),
    ];
  },
  extremes(field) {
    const { min, max } = numericBounds(field);
    return [
      ...(min === undefined ? [] : [{ which: 'the least', value: write(min) }]),
      ...(max === undefined ? [] : [{ which: 'the most', value: write(max) }]),
    ];
  },
});

const secondOf = (time: number | string) => Date.parse(`1970-01-01T${time}Z`) / 1000;
const timeAt = (second: number) => toLiteral(new Date(second * 1000).toISOString().slice(11, 19));

function secondsOf({ min = '00:00:00', max = '23:59:59' }: ResourceField) {
  const first = secondOf(min);
  return { first, count: secondOf(max) - first + 1 };
}

const words: Samples = {
  sample: textOf,
  malformed: [wrong('what cannot be stored', '\u0000'), wrong('white space alone', ' ')],
  outside: wrongLengths,
  extremes: extremeLengths,
};

export const samples: Record<FieldType, Samples> = {
  string: words,
  text: words,
  integer: {
    sample: wholeOf,
    capacity: wholeNumbers,
    malformed: [{ which: 'a fraction', value: '1.5' }],
    ...numbers(String),
  },
  number: { sample: fractionOf, ...numbers(String) },
  decimal: {
    sample: decimalOf,
    malformed: [{ which: 'a number that lost its digits', value: '1.5' }],
    ...numbers((value) => toLiteral(String(value))),
  },
  boolean: { sample: () => 'number % 2 == 0' },
  date: {
    sample: () => 'day.date()',
    malformed: [wrong('a day that does not exist', '2026-02-30')],
  },
  time: {
    sample(field) {
      const { first, count } = secondsOf(field);
      return count === day ? 'second(number)' : `second(${first} + number % ${count})`;
    },
    capacity: (field) => secondsOf(field).count,
    malformed: [
      wrong('an hour that does not exist', '24:00'),
      wrong('an offset', '10:30Z'),
      wrong('a fraction of a second', '10:30:00.5'),
    ],
    outside(field) {
      const { first, count } = secondsOf(field);
      return [
        ...(first === 0 ? [] : [{ which: 'too early', value: timeAt(first - 1) }]),
        ...(first + count === day ? [] : [{ which: 'too late', value: timeAt(first + count) }]),
      ];
    },
    extremes(field) {
      const { first, count } = secondsOf(field);
      const latest = { which: 'the latest', value: timeAt(first + count - 1) };
      return [{ which: 'the earliest', value: timeAt(first) }, latest];
    },
  },
  datetime: {
    sample: () => 'day',
    malformed: [wrong('a time without an offset', '2026-01-31T10:00:00')],
  },
  uuid: { sample: () => 'uuid4()', malformed: [wrong('no UUID', '1234')] },
  email: {
    sample: () => 'f"person{serial}@example.com"',
    malformed: [wrong('no address', 'nobody')],
    ...longAddresses,
  },
  url: {
    sample: () => 'f"https://example.com/{serial}"',
    malformed: [
      wrong('another scheme', 'ftp://example.com'),
      wrong('a space', 'https://example.com/a b'),
    ],
    ...longUrls,
  },
  json: { sample: () => '{"number": number}' },
  enum: {
    sample: ({ values }) =>
      values.length === 1
        ? toLiteral(values[0] ?? '')
        : `[${values.map(toLiteral).join(', ')}][number % ${values.length}]`,
    capacity: ({ values }) => values.length,
    malformed: [wrong('a value that is not listed', '?')],
    extremes: ({ values }) => values.map((value) => ({ which: value, value: toLiteral(value) })),
  },
  ref: {
    sample: ({ parent, circular }) =>
      !parent || circular ? 'None' : `(await insert_${parent.names.column}(db))["id"]`,
    malformed: [wrong('no id', '1234')],
  },
};

/** A valid value, a different one for each `number` where the field can tell that many apart. */
export function sampleOf(field: ResourceField): string {
  const { sample } = samples[field.type];
  if (!field.list) return sample(field);
  const { min = 1 } = numericBounds(field);
  if (min > 1) return `[${sample(field)} for _ in range(${min})]`;
  return `[${sample({ ...field, min: undefined, max: undefined })}]`;
}

/** How many rows with different values there can be. */
export const capacityOf = (field: ResourceField): number =>
  field.unique ? (samples[field.type].capacity?.(field) ?? Infinity) : Infinity;

/** Values that the field must refuse. */
export function wrongValues(field: ResourceField): SampleValue[] {
  const wrongType = { which: 'the wrong type', value: wrongTypeOf(field) };
  if (field.list) return [wrongType, ...listSizes(field).refused.map(listOf(field))];
  const { malformed = [], outside } = samples[field.type];
  return [wrongType, ...malformed, ...(outside?.(field) ?? [])];
}

/** Values that the field just takes. */
export function extremeValues(field: ResourceField): SampleValue[] {
  const none = field.optional ? [{ which: 'nothing', value: toValue(null) }] : [];
  const extremes = field.list
    ? listSizes(field).taken.map(listOf(field))
    : samples[field.type].extremes?.(field);
  return [...(extremes ?? []), ...none];
}

/** A list of so many items. */
function listOf(field: ResourceField) {
  const one = `[${toValue(itemOf(field))}]`;
  return ({ which, items }: ListSize) => ({ which, value: items ? `${one} * ${items}` : '[]' });
}

/** A value of a type that the field does not have. */
export const wrongTypeOf = ({ type, list }: ResourceField): string =>
  type === 'json' && !list ? '"text"' : '{"wrong": True}';
