import { numericBounds } from '../../../src/manifest/sizes.ts';
import { type FieldType, typeRow } from '../../../src/manifest/type-table.ts';
import { columnType } from '../../../src/stacks/postgres/sql.ts';
import type { ResourceField } from '../../../src/stacks/resource.ts';
import { idOf } from './tables.ts';

/** Texts that are values of a type, the same after they were read and written again. */
const texts: Record<FieldType, [string, string]> = {
  string: ['ab', 'cd'],
  text: ['ab', 'cd'],
  integer: ['3', '4'],
  number: ['1.5', '2.25'],
  decimal: ['3.50', '4.25'],
  boolean: ['true', 'false'],
  date: ['2026-01-31', '2026-02-01'],
  time: ['09:30:00', '12:00:05'],
  datetime: ['2026-01-31T22:30:00.000Z', '2026-02-01T12:00:00.500Z'],
  uuid: [idOf(1), idOf(2)],
  email: ['a@example.com', 'b@example.com'],
  url: ['https://example.com/a', 'https://example.com/b'],
  json: ['{"a": 1}', '{"b": [2]}'],
  enum: ['', ''],
  ref: [idOf(1), idOf(2)],
};

/** The value of a field in one of two rows, as SQL; a text is one of the other type if it may be. */
export function sampleOf(field: ResourceField, row: 0 | 1, other: ResourceField): string {
  if (!field.list) return quote(itemOf(field, row, other));
  const items = [itemOf(field, row, other), itemOf(field, 1, other), itemOf(field, 0, other)];
  const array = items.slice(0, Math.max(1, numericBounds(field).min ?? 0)).map(quote);
  return `array[${array.join(', ')}]::${arrayType(field)}`;
}

function itemOf(field: ResourceField, row: 0 | 1, other: ResourceField): string {
  if (field.type === 'enum') return field.values[row] ?? field.values[0] ?? '';
  const { isFree } = typeRow(field.type);
  const { min = 0, max = 255 } = numericBounds(field);
  const text = texts[field.type][row];
  if (!isFree) return isBounded(field) ? String(boundedOf(field, row)) : text;
  const wanted = other.type === 'enum' ? (other.values[0] ?? '') : texts[other.type][row];
  const fits = field.list || max >= wanted.length;
  const value = fits && !field.unique ? wanted : text;
  return field.list ? value : value.padEnd(min, 'x');
}

const isBounded = ({ list, min, max, type }: ResourceField) =>
  !list && (min !== undefined || max !== undefined) && typeRow(type).bounds === 'number';

function boundedOf(field: ResourceField, row: 0 | 1): number {
  const { min, max } = numericBounds(field);
  return min === undefined ? (max ?? 0) - row : min + row;
}

/** Of texts of any length: a cast to a shorter one would cut them. */
const arrayType = (field: ResourceField) => columnType(field).replace(/^varchar\(\d+\)/, 'text');

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
