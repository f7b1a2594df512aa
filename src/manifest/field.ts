import type * as z from 'zod';
import type { fieldSchema } from './field-schema.ts';

export const fieldTypes = [
  'string',
  'text',
  'integer',
  'number',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'uuid',
  'email',
  'url',
  'json',
  'enum',
  'ref',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** The modifiers of the grammar, in the order in which they are written. */
export const modifiers = [
  'list',
  'optional',
  'unique',
  'index',
  'min',
  'max',
  'search',
  'filter',
  'sort',
  'private',
  'readonly',
  'owner',
  'default',
] as const;
export type Modifier = (typeof modifiers)[number];

/** One field as it was asked for; its name is the key under which it stands. */
export type Field = z.infer<ReturnType<typeof fieldSchema>>;

/** The name of a field in JSON: `author:ref:users` is `authorId`. */
export function fieldJsonName(name: string, field: Pick<Field, 'type'>): string {
  return field.type === 'ref' ? `${name}Id` : name;
}

/** `placedAt` to `placed_at`. Capitals alone are marked, so no two names share a column. */
export function columnName(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** The column of a field: `author:ref:users` is `author_id`. */
export function fieldColumn(name: string, field: Pick<Field, 'type'>): string {
  return columnName(fieldJsonName(name, field));
}

const ranged: ReadonlySet<FieldType> = new Set([
  'integer',
  'number',
  'decimal',
  'date',
  'datetime',
]);

/** The query parameters that a field adds to the list: `price` adds `minPrice` and `maxPrice`. */
export function filterParameters(name: string, field: Field): string[] {
  if (!('filter' in field)) return [];
  const json = fieldJsonName(name, field);
  const capital = json.slice(0, 1).toUpperCase() + json.slice(1);
  const isRanged = ranged.has(field.type) && !('list' in field);
  return isRanged ? [json, `min${capital}`, `max${capital}`] : [json];
}

/** The names of the fields that say whose a row is: one at most, where nothing is wrong. */
export function ownersOf(fields: Readonly<Record<string, Field>>): string[] {
  const isOwner = ([, field]: [string, Field]) => field.type === 'ref' && field.owner === true;
  return Object.entries(fields)
    .filter(isOwner)
    .map(([name]) => name);
}
