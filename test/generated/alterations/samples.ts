import type { ResourceField } from '../../../src/stacks/resource.ts';
import { idOf } from './tables.ts';

type FieldType = ResourceField['type'];

/** Texts that are values of a type, the same after they were read and written again. */
const texts: Record<FieldType, [string, string]> = {
  string: ['ab', 'cd'],
  text: ['ab', 'cd'],
  integer: ['3', '4'],
  number: ['1.5', '2.25'],
  decimal: ['3.50', '4.25'],
  boolean: ['true', 'false'],
  date: ['2026-01-31', '2026-02-01'],
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
  const array = items.slice(0, Math.max(1, field.min ?? 0)).map(quote);
  return `array[${array.join(', ')}]::${arrayType(field)}`;
}

function itemOf(field: ResourceField, row: 0 | 1, other: ResourceField): string {
  if (field.type === 'enum') return field.values[row] ?? field.values[0] ?? '';
  const isOpen = field.type === 'string' || field.type === 'text';
  const text = texts[field.type][row];
  if (!isOpen) return isBounded(field) ? String(boundedOf(field, row)) : text;
  const wanted = other.type === 'enum' ? (other.values[0] ?? '') : texts[other.type][row];
  const fits = field.list || (field.max ?? 255) >= wanted.length;
  const value = fits && !field.unique ? wanted : text;
  return field.list ? value : value.padEnd(field.min ?? 0, 'x');
}

const isBounded = ({ list, min, max, type }: ResourceField) =>
  !list && (min !== undefined || max !== undefined) && /integer|number|decimal/.test(type);

function boundedOf({ min, max }: ResourceField, row: 0 | 1): number {
  return min === undefined ? (max ?? 0) - row : min + row;
}

function arrayType({ type }: ResourceField): string {
  if (type === 'number') return 'double precision[]';
  const others: Partial<Record<FieldType, string>> = {
    decimal: 'numeric',
    datetime: 'timestamptz',
  };
  const isText = /string|text|email|url|enum/.test(type);
  return `${isText ? 'text' : (others[type] ?? type)}[]`;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
