import pg from 'pg';

const { builtins, getTypeParser } = pg.types;
const arrays = { date: 1182, dateTime: 1185, decimal: 1231 };

const asItIs = (text: string) => text;
const toDate = getTypeParser(builtins.TIMESTAMPTZ, 'text');
const inUtc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/;

/** Times in UTC are rewritten as text, which is ten times as fast as creating a Date. */
function toDateTime(text: string): string {
  const [, date, time, fraction = ''] = inUtc.exec(text) ?? [];
  return date ? `${date}T${time}.${fraction.padEnd(3, '0')}Z` : toDate(text).toISOString();
}

/** Sufficient for arrays whose elements contain no quotes, commas or nulls. */
const listOf = (toValue: (text: string) => string) => (text: string) =>
  (text.match(/[^{}",]+/g) ?? []).map(toValue);

/**
 * Parsers by type id (OID). They return values in the form that the API sends: dates stay
 * `2026-01-31`, times become ISO 8601 in UTC, decimals stay text with every digit.
 */
export const valueParsers: Record<number, (text: string) => unknown> = {
  [builtins.DATE]: asItIs,
  [builtins.TIMESTAMPTZ]: toDateTime,
  [arrays.date]: listOf(asItIs),
  [arrays.dateTime]: listOf(toDateTime),
  [arrays.decimal]: listOf(asItIs),
};
