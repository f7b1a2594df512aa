import { numericBounds } from '../../manifest/sizes.ts';
import { itemOf, type ListSize, listSizes } from '../endpoint/list-sizes.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import type { ExtremeValue, WrongValue } from './sample-values.ts';
import { types } from './types.ts';

/**
 * An expression for a valid value. Each `count` gives a different one, as far as the field has so many
 * values. `serial` is the count in four digits, `day` a time that many days after the start of 2026.
 */
export function sampleOf(field: ResourceField): string {
  const { sample } = types[field.type];
  if (!field.list) return sample(field);
  const { min = 1 } = numericBounds(field);
  if (min > 1) return `Array.from({ length: ${min} }, () => ${sample(field)})`;
  return `[${sample({ ...field, min: undefined, max: undefined })}]`;
}

/** How many rows with different values there can be. */
export function capacityOf(field: ResourceField): number {
  return field.unique ? (types[field.type].capacity?.(field) ?? Infinity) : Infinity;
}

/** Values that the field must refuse, and what is wrong with each. */
export function invalidValues(field: ResourceField): WrongValue[] {
  const wrongType = { problem: 'the wrong type', value: wrongTypeOf(field) };
  if (field.list) {
    const sizes = listSizes(field).refused.map(listOf(field));
    return [wrongType, ...sizes.map(({ which, value }) => ({ problem: which, value }))];
  }
  const { malformed = {}, outside } = types[field.type];
  const forms = Object.entries(malformed).map(([problem, value]) => ({ problem, value }));
  return [wrongType, ...forms, ...(outside?.(field) ?? [])];
}

/** The values at the limits of what the field accepts, each with its name. */
export function extremeValues(field: ResourceField): { which: string; value: string }[] {
  const none = field.optional ? [{ which: 'nothing', value: 'null' }] : [];
  if (field.list) return [...listSizes(field).taken.map(listOf(field)), ...none];
  return [...(types[field.type].extremes?.(field) ?? []), ...none];
}

/** A list of so many items. */
const listOf =
  (field: ResourceField) =>
  ({ which, items }: ListSize): ExtremeValue => {
    const item = itemOf(field);
    const code = typeof item === 'string' ? toLiteral(item) : String(item);
    return { which, value: items === 0 ? '[]' : `Array(${items}).fill(${code})` };
  };

/** A value of a type that the field does not have. */
export function wrongTypeOf({ type, list }: ResourceField): string {
  return type === 'json' && !list ? "'text'" : '{ wrong: true }';
}
