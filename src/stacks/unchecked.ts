import { maxLength, mostItems } from '../manifest/sizes.ts';
import { typeRow } from '../manifest/type-table.ts';
import type { ResourceField } from './resource.ts';

/**
 * What the API does not accept for a field any more, though no column and no constraint refuses it:
 * existing rows keep such values. Predicates of the field.
 */
export function uncheckedReasons(before: ResourceField, after: ResourceField): string[] {
  const most = uncheckedLength(after);
  return [
    ...(after.type === 'email' && before.type !== 'email' ? ['is not an email address'] : []),
    ...(after.type === 'url' && before.type !== 'url' ? ['is not a URL'] : []),
    ...(after.type === 'json' && mayBeText(before) && !before.list
      ? ['is neither an object nor a list']
      : []),
    ...(after.type === 'decimal' && (before.type === 'number' || mayBeText(before))
      ? ['has more than 18 digits before the point, or 9 after it']
      : []),
    ...(refusesEmpty(after) && takesEmpty(before) ? ['is empty'] : []),
    ...(most !== undefined && lengthOf(before) > most
      ? [`is longer than ${most.toLocaleString('en')} characters`]
      : []),
    ...(after.list && before.list && after.max === undefined && Number(before.max ?? 0) > mostItems
      ? [`has more than ${mostItems} items`]
      : []),
  ];
}

/** Whether the values are texts. */
export function mayBeText({ type }: ResourceField): boolean {
  return typeRow(type).bounds === 'length';
}

const isPlainText = ({ type }: ResourceField) => typeRow(type).isFree === true;

const takesEmpty = (field: ResourceField) =>
  isPlainText(field) && field.optional && (field.list || !field.min);

/** An explicit `min` is checked by the table too. */
const refusesEmpty = (field: ResourceField) =>
  isPlainText(field) && !field.optional && (field.list || field.min === undefined);

/** The longest text that the API accepts, if the column has no limit. */
function uncheckedLength({ type, list, max }: ResourceField): number | undefined {
  const { sql, longest } = typeRow(type);
  return sql === 'text' && (list || max === undefined) ? longest : undefined;
}

function lengthOf(field: ResourceField): number {
  if (field.type === 'json') return Number.POSITIVE_INFINITY;
  return mayBeText(field) ? maxLength(field) : 0;
}
