import { maxLength } from '../../manifest/sizes.ts';
import type { Bound } from '../../manifest/type-row.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';
import { guardWhere } from './guard.ts';
import { columnType, literal, quoteName } from './sql.ts';

/**
 * What comes before `set not null`: nulls become the default. Without a default, the rows have to be
 * filled by hand, so a guard stops the migration; on the way down they get a placeholder, since nobody
 * would fill a field that is being removed. A new owner is copied from `owners`.
 */
export function fillNulls(
  table: string,
  field: ResourceField,
  direction: 'up' | 'down',
  owners?: ResourceField,
): string[] {
  const column = quoteName(field.column);
  const preset = direction === 'down' ? anyValue(field) : presetOf(field);
  const value = field.owner && owners ? quoteName(owners.column) : preset;
  if (value === undefined) return [guard(table, field)];
  return [`update ${quoteName(table)} set ${column} = ${value} where ${column} is null`];
}

function guard(table: string, field: ResourceField): string {
  const { column } = field;
  const way = canHaveDefault(field) ? 'give it a default, or fill it' : 'fill it';
  return guardWhere(table, `${quoteName(column)} is null`, {
    column,
    what: 'has no value',
    refusedBy: 'not null',
    advice: `${way} in this migration`,
  });
}

const canHaveDefault = ({ type, list, unique }: ResourceField) =>
  !(list || unique) && typeRow(type).takes.includes('default');

const presetOf = (field: ResourceField) =>
  field.default === undefined ? undefined : literal(field.default);

/** A value that the column and its constraints accept; undefined if none is known. */
function anyValue(field: ResourceField): string | undefined {
  if (field.default !== undefined) return presetOf(field);
  if (field.list) return anyList(field);
  return field.unique ? anyUnique(field) : anyItem(field);
}

function anyList(field: ResourceField): string | undefined {
  if (!field.min) return "'{}'";
  const item = { ...field, list: false, min: undefined, max: undefined };
  const value = anyItem(item);
  return value && `array_fill(${value}::${columnType(item)}, array[${field.min}])`;
}

/** A value derived from the id, since two rows must not share it. */
function anyUnique(field: ResourceField): string | undefined {
  if (field.type === 'uuid') return 'id';
  if (field.type === 'string') return fitting(field, 36, 'id::text');
  if (field.type === 'email') return fitting(field, 48, "id || '@example.com'");
  if (field.type === 'url') return fitting(field, 56, "'https://example.com/' || id");
  return undefined;
}

function anyItem(field: ResourceField): string | undefined {
  const { bounds, isFree, nothing } = typeRow(field.type);
  const value = field.values[0] ?? nothing;
  if (value === undefined) return undefined;
  const text = String(value);
  if (isFree) return literal(text.repeat(Math.max(Number(field.min ?? 0), 1)));
  if (bounds === 'length') return fitting(field, text.length, literal(value));
  return literal(typeof value === 'boolean' ? value : between(value, field));
}

/** The value, or the bound that is nearest to it. */
function between(value: Bound, { min, max }: ResourceField): Bound {
  if (min !== undefined && value < min) return min;
  return max !== undefined && value > max ? max : value;
}

/** The value, if its length is allowed. */
function fitting(field: ResourceField, length: number, value: string): string | undefined {
  return length >= Number(field.min ?? 0) && length <= maxLength(field) ? value : undefined;
}
