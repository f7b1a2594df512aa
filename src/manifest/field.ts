import type * as z from 'zod';
import type { Bound, Schemas } from './type-row.ts';
import type { FieldType, typeTable } from './type-table.ts';
import { typeRow } from './type-table.ts';

type Rows = typeof typeTable;
type Output<Schema> = Schema extends (z: Schemas) => infer Made ? z.output<Made> : never;

/** The value of a modifier in `backend.json`. */
type Value<Type extends FieldType, Modifier> = Modifier extends 'min' | 'max'
  ? Rows[Type] extends { bounds: 'value' }
    ? Bound
    : number
  : Modifier extends 'default'
    ? Rows[Type] extends { value: infer Schema }
      ? Output<Schema>
      : never
    : true;

type Argument<Type extends FieldType> = Rows[Type] extends {
  argument: { key: infer Key extends string; schema: infer Schema };
}
  ? { [K in Key]: Output<Schema> }
  : unknown;

type FieldOf<Type extends FieldType> = { type: Type } & Argument<Type> & {
    [Modifier in Rows[Type]['takes'][number]]?: Value<Type, Modifier>;
  };

/** One field of an endpoint; its name is its key. */
export type Field = { [Type in FieldType]: FieldOf<Type> }[FieldType];

/** The name of a field in JSON: `author:ref:users` is `authorId`. */
export function fieldJsonName(name: string, field: Pick<Field, 'type'>): string {
  return field.type === 'ref' ? `${name}Id` : name;
}

/** `placedAt` to `placed_at`. Only capitals get an underscore, so no two names share a column. */
export function columnName(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** The column of a field: `author:ref:users` is `author_id`. */
export function fieldColumn(name: string, field: Pick<Field, 'type'>): string {
  return columnName(fieldJsonName(name, field));
}

/** The query parameters that a field adds to the list: `price` adds `minPrice` and `maxPrice`. */
export function filterParameters(name: string, field: Field): string[] {
  if (!('filter' in field)) return [];
  const json = fieldJsonName(name, field);
  const capital = json.slice(0, 1).toUpperCase() + json.slice(1);
  const isRanged = typeRow(field.type).isRanged && !('list' in field);
  return isRanged ? [json, `min${capital}`, `max${capital}`] : [json];
}

/** The names of the fields that hold the owner of a row: at most one in a valid endpoint. */
export function ownersOf(fields: Readonly<Record<string, Field>>): string[] {
  const isOwner = ([, field]: [string, Field]) => field.type === 'ref' && field.owner === true;
  return Object.entries(fields)
    .filter(isOwner)
    .map(([name]) => name);
}
