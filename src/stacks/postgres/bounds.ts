import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';

/** What the new check refuses and the old one accepted, as predicates of the field. */
export function boundReasons(before: ResourceField, after: ResourceField): string[] {
  const { type, list, min, max, values } = after;
  const isSame = before.type === type && before.list === list;
  const was = isSame ? before : { min: undefined, max: undefined, values: undefined };
  const { bounds, sql } = typeRow(type);
  const [size, unit] = list
    ? ['has', ' items']
    : bounds === 'length'
      ? ['has', ' characters']
      : ['is', ''];
  const known: readonly string[] | undefined = was.values;
  const isNarrower = type === 'enum' && !known?.every((value) => values.includes(value));
  // The length of a column that has one is part of its type.
  const isInType = sql === 'varchar' && !list;
  return [
    ...(isNarrower ? [`is none of ${values.join(', ')}`] : []),
    ...(min !== undefined && !(was.min !== undefined && was.min >= min)
      ? [`${size} less than ${min}${unit}`]
      : []),
    ...(max !== undefined && !isInType && !(was.max !== undefined && was.max <= max)
      ? [`${size} more than ${max}${unit}`]
      : []),
  ];
}
