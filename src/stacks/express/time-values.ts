import type { ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import type { ExtremeValue, WrongValue } from './sample-values.ts';

const day = 24 * 60 * 60;

/** The earliest second of the day that a time may be, and the number of seconds from there to the latest. */
export function secondsOf({ min = '00:00:00', max = '23:59:59' }: ResourceField) {
  const first = secondOf(min);
  return { first, count: secondOf(max) - first + 1 };
}

/** A time of day. Each `count` gives a different one, until none is left. */
export function timeOf(field: ResourceField): string {
  const { first, count } = secondsOf(field);
  const steps = count === day ? 'count' : `(${first} + (count % ${count}))`;
  return `new Date(${steps} * 1000).toISOString().slice(11, 19)`;
}

/** The times just beyond the bounds of a field. */
export function wrongTimes(field: ResourceField): WrongValue[] {
  const { first, count } = secondsOf(field);
  return [
    ...(first === 0 ? [] : [{ problem: 'too early', value: timeAt(first - 1) }]),
    ...(first + count === day ? [] : [{ problem: 'too late', value: timeAt(first + count) }]),
  ];
}

/** The bounds themselves. */
export function extremeTimes(field: ResourceField): ExtremeValue[] {
  const { first, count } = secondsOf(field);
  return [
    { which: 'the earliest', value: timeAt(first) },
    { which: 'the latest', value: timeAt(first + count - 1) },
  ];
}

const secondOf = (time: number | string) => Date.parse(`1970-01-01T${time}Z`) / 1000;
const timeAt = (second: number) => toLiteral(new Date(second * 1000).toISOString().slice(11, 19));
