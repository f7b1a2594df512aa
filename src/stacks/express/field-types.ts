import { mostItems, numericBounds } from '../../manifest/sizes.ts';
import { fallbackValue } from '../endpoint/capabilities.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral, toOptions } from '../typescript/literal.ts';
import { types } from './types.ts';

/** The zod schema of a field, as the row holds it. */
export function schemaOf(field: ResourceField): string {
  const secret = field.private ? '.meta({ writeOnly: true })' : '';
  return `${valueSchema(field)}${field.optional ? '.nullable()' : ''}${secret}`;
}

/** The type of a column, as Kysely reads and writes it. */
export function columnTypeOf(field: ResourceField): string {
  if (field.type === 'json') return field.optional ? 'NullableJsonColumn' : 'JsonColumn';
  const single = types[field.type].type(field);
  const value = `${single}${field.list ? '[]' : ''}${field.optional ? ' | null' : ''}`;
  return field.default === undefined ? value : `Generated<${value}>`;
}

/**
 * The zod schema of a query parameter with a value of this field, or an item of it. A value beyond
 * the bounds of the field is not refused: no row has it.
 */
export function queryTypeOf(field: ResourceField): string {
  const { query, schema } = types[field.type];
  return query ?? schema({ ...field, min: undefined, max: undefined, optional: true });
}

/** The zod schema of a value by which a list is sorted, without bounds: rows may be older than these. */
export function sortTypeOf(field: ResourceField): string {
  const { isKey, schema } = types[field.type];
  return isKey ? schema({ ...field, min: undefined, max: undefined }) : 'storable()';
}

/** What a field becomes that is left out: a literal, as it is stored. */
export function fallbackOf(field: ResourceField): string {
  const value = fallbackValue(field);
  return value === null ? 'null' : toLiteral(value);
}

function valueSchema(field: ResourceField): string {
  const item = types[field.type].schema(field);
  if (!field.list) return item;
  const { min, max = mostItems } = numericBounds(field);
  return `list(${item}, ${toOptions({ min, max })})`;
}
