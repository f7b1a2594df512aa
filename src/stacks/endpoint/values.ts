import { maxLength, mostItems, numericBounds } from '../../manifest/sizes.ts';
import type { FieldType } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';

type Values = {
  /** A valid value as the API sends it back, another one for each count where there are so many. */
  sample(field: ResourceField, count: number): unknown;
  /** Values of the right type that no field of this type takes. */
  malformed: readonly unknown[];
  /** Values just beyond the bounds of the field. */
  outside(field: ResourceField): unknown[];
  /** Values at the bounds of the field, as the API sends them back. */
  extremes(field: ResourceField): unknown[];
};

const none = () => [];

const lengths = {
  outside: (field: ResourceField) => {
    const { min = field.optional ? 0 : 1 } = numericBounds(field);
    const long = '😀'.repeat(maxLength(field) + 1);
    return min > 0 ? [long, 'x'.repeat(min - 1)] : [long];
  },
  // A character of two UTF-16 units counts once.
  extremes: (field: ResourceField) => {
    const { min = field.optional ? 0 : 1 } = numericBounds(field);
    return ['😀'.repeat(maxLength(field)), 'x'.repeat(min)];
  },
};

const numbers = (write: (value: number) => unknown) => ({
  outside: (field: ResourceField) => {
    const { min, max } = numericBounds(field);
    const beyond = [min === undefined ? [] : [min - 1], max === undefined ? [] : [max + 1]];
    return beyond.flat().map(write);
  },
  extremes: (field: ResourceField) => {
    const { min, max } = numericBounds(field);
    return [min, max].flatMap((bound) => (bound === undefined ? [] : [write(bound)]));
  },
});

function textSample(field: ResourceField, count: number): string {
  const { min = 1 } = numericBounds(field);
  const longest = maxLength(field);
  const serial = count.toString(36).padStart(6, '0');
  const text = `${field.name} ${serial}`;
  const fitting = text.length <= longest ? text : serial.slice(-longest);
  return field.list ? fitting : fitting.padEnd(min, 'x');
}

/** A whole number between the bounds of a field. */
function whole(field: ResourceField, count: number): number {
  const { min, max } = numericBounds(field);
  const least = Math.ceil(min ?? Math.min(0, max ?? 0));
  const most = Math.floor(max ?? least + 1_000_000);
  return least + (count % Math.max(1, most - least + 1));
}

const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
const day = (count: number) => new Date(Date.UTC(2000, 0, 1 + (count % 9000))).toISOString();

/** The second of a day that a time says, as a bound of a field has it. */
export function seconds(text: string | number | undefined, otherwise: number): number {
  if (typeof text !== 'string') return otherwise;
  const [hours = 0, minutes = 0, rest = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + rest;
}

const timeOf = (value: number) =>
  [Math.floor(value / 3600), Math.floor(value / 60) % 60, value % 60]
    .map((each) => pad(each))
    .join(':');

/** What each type takes and refuses. */
const values: Readonly<Record<FieldType, Values>> = {
  string: { sample: textSample, malformed: ['a\0b', '\ud800'], ...lengths },
  text: { sample: textSample, malformed: ['a\0b', '\ud800'], ...lengths },
  integer: { sample: whole, malformed: [1.5, 2_147_483_648], ...numbers(Number) },
  number: { sample: (field, count) => whole(field, count), malformed: [], ...numbers(Number) },
  decimal: {
    sample: (field, count) => String(whole(field, count)),
    malformed: ['1e5', '', '01', 'x', '1.0000000001'],
    ...numbers(String),
  },
  boolean: {
    sample: (_field, count) => count % 2 === 0,
    malformed: [],
    outside: none,
    extremes: none,
  },
  date: {
    sample: (_field, count) => day(count).slice(0, 10),
    malformed: ['2026-02-30', '2026-1-1', '2026-01-01T00:00:00Z'],
    outside: none,
    extremes: () => ['2024-02-29'],
  },
  time: {
    sample: ({ min, max }, count) => {
      const [least, most] = [seconds(min, 0), seconds(max, 86_399)];
      return timeOf(least + (count % (most - least + 1)));
    },
    malformed: ['24:00', '9:30', '10:30Z'],
    outside: ({ min, max }) => [
      ...(seconds(min, 0) > 0 ? [timeOf(seconds(min, 0) - 1)] : []),
      ...(seconds(max, 86_399) < 86_399 ? [timeOf(seconds(max, 86_399) + 1)] : []),
    ],
    extremes: ({ min, max }) => [timeOf(seconds(min, 0)), timeOf(seconds(max, 86_399))],
  },
  datetime: {
    sample: (_field, count) => day(count),
    malformed: ['2026-01-31', '2026-01-31T12:00:00', '2026-02-30T12:00:00Z'],
    outside: none,
    extremes: none,
  },
  uuid: {
    sample: (_field, count) => `01890a5d-ac96-774b-8cce-${pad(count, 12)}`,
    malformed: ['x', '01890a5d'],
    outside: none,
    extremes: none,
  },
  email: {
    sample: (_field, count) => `check-${count.toString(36)}@example.com`,
    malformed: ['x', 'a@', 'a b@example.com'],
    outside: (field) => [`${'x'.repeat(maxLength(field))}@example.com`],
    extremes: none,
  },
  url: {
    sample: (_field, count) => `https://example.com/${count.toString(36)}`,
    malformed: ['x', 'ftp://example.com', 'data:text/html,x', 'https://example.com/a b'],
    outside: (field) => [`https://example.com/${'x'.repeat(maxLength(field))}`],
    extremes: none,
  },
  json: {
    sample: (_field, count) => ({ count, list: [1, 'two', null] }),
    malformed: ['text', 1, true],
    outside: none,
    extremes: () => [[], {}],
  },
  enum: {
    sample: ({ values: all }, count) => all[count % all.length],
    malformed: ['no such value', ''],
    outside: none,
    extremes: ({ values: all }) => [...all],
  },
  ref: { sample: () => undefined, malformed: ['x'], outside: none, extremes: none },
};

/** A valid value of a field that is no reference, as the API sends it back. */
export function sampleOf(field: ResourceField, count: number): unknown {
  const { sample } = values[field.type];
  if (!field.list) return sample(field, count);
  const { min = 1 } = numericBounds(field);
  const item = { ...field, list: true, min: undefined, max: undefined };
  return Array.from({ length: Math.max(1, min) }, (_, index) => sample(item, count + index));
}

/** Values that a field has to refuse. */
export function refusedBy(field: ResourceField): unknown[] {
  const wrongType = field.type === 'json' && !field.list ? 'text' : { wrong: true };
  const nothing = field.optional ? [] : [null];
  if (!field.list) {
    const { malformed, outside } = values[field.type];
    return [wrongType, ...nothing, ...malformed, ...outside(field)];
  }
  const { min = 0, max = mostItems } = numericBounds(field);
  const item = sampleOf(field, 1);
  const [one] = Array.isArray(item) ? item : [];
  const many = Array.from({ length: max + 1 }, () => one);
  return [wrongType, ...nothing, many, ...(min > 0 ? [many.slice(0, min - 1)] : [])];
}

/** Values that a field just takes, as the API sends them back. */
export function extremesOf(field: ResourceField): unknown[] {
  const nothing = field.optional ? [null] : [];
  return field.list ? nothing : [...values[field.type].extremes(field), ...nothing];
}

/** A value as a command or the manifest has it, such as a default, as the API sends it back. */
export function asAnswered({ type }: ResourceField, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'time') return timeOf(seconds(value, 0));
  return type === 'datetime' ? new Date(value).toISOString() : value;
}

/** By the order of numbers, decimals in texts, dates and times; NaN where there is none. */
export function compareValues(one: unknown, other: unknown): number {
  const [a, b] = [numberOf(one), numberOf(other)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return Math.sign(a - b);
  if (typeof one === 'string' && typeof other === 'string') {
    return one < other ? -1 : Number(one > other);
  }
  return one === other ? 0 : Number.NaN;
}

const isNumeric = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && value !== '');
const numberOf = (value: unknown) => (isNumeric(value) ? Number(value) : Number.NaN);
