import type { FieldType } from '../../../manifest/type-table.ts';
import { filtersOf } from '../../endpoint/filters.ts';
import type { ResourceField } from '../../resource.ts';
import { toLiteral } from '../../typescript/literal.ts';

/** The type of each value in JSON, as the client names it; those of an enum are its values. */
const names: Record<Exclude<FieldType, 'enum'>, string> = {
  string: 'string',
  text: 'string',
  integer: 'number',
  number: 'number',
  decimal: 'Decimal',
  boolean: 'boolean',
  date: 'Day',
  time: 'TimeOfDay',
  datetime: 'Moment',
  uuid: 'Id',
  email: 'string',
  url: 'string',
  json: 'Json',
  ref: 'Id',
};

/** A member of a type. */
export type Member = { name: string; type: string; optional: boolean };

/** The type of one value, or of an item of a list. */
const itemType = ({ type, values }: ResourceField): string =>
  type === 'enum' ? values.map(toLiteral).join(' | ') : names[type];

/** The type of a field as it is in a row. */
export function fieldType(field: ResourceField): string {
  const item = itemType(field);
  const isUnion = field.type === 'enum' && field.values.length > 1;
  const list = isUnion ? `(${item})[]` : `${item}[]`;
  const value = field.list ? list : item;
  return field.optional ? `${value} | null` : value;
}

/** A field of a row; one with `self` is absent for some callers. */
export const answered = (field: ResourceField): Member => ({
  name: field.name,
  type: fieldType(field),
  optional: field.self,
});

/** A field of a whole new row. */
export const given = (field: ResourceField): Member => ({
  name: field.name,
  type: fieldType(field),
  optional: field.optional || field.default !== undefined,
});

/** A field of a change. */
export const changed = (field: ResourceField): Member => ({ ...given(field), optional: true });

/** What narrows a list. */
export const narrowing = (fields: readonly ResourceField[]): Member[] =>
  filtersOf(fields).map(({ param, field }) => asked(param, itemType(field)));

/** A parameter that may be left out. */
export const asked = (name: string, type: string): Member => ({
  name,
  type: `${type} | undefined`,
  optional: true,
});
