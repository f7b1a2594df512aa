import { maxLength, mostItems } from '../../manifest/sizes.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral, toOptions } from '../typescript/literal.ts';

/** The zod schema of a field, as the row holds it. */
export function schemaOf(field: ResourceField): string {
  const secret = field.private ? '.meta({ writeOnly: true })' : '';
  return `${valueSchema(field)}${field.optional ? '.nullable()' : ''}${secret}`;
}

/** The type of a column, as Kysely reads and writes it. */
export function columnTypeOf(field: ResourceField): string {
  if (field.type === 'json') return field.optional ? 'NullableJsonColumn' : 'JsonColumn';
  const single = scalarType(field);
  const value = `${single}${field.list ? '[]' : ''}${field.optional ? ' | null' : ''}`;
  return field.default === undefined ? value : `Generated<${value}>`;
}

/** The zod schema of a query parameter with a value of this field, or an item of it. */
export function queryTypeOf(field: ResourceField): string {
  if (field.type === 'integer') return 'queryInteger';
  if (field.type === 'number') return 'queryNumber';
  if (field.type === 'boolean') return 'queryBoolean';
  return itemSchema({ ...field, min: undefined, optional: true });
}

/** The zod schema of a value by which a list is sorted: of its type, whatever bounds it has by now. */
export function sortTypeOf(field: ResourceField): string {
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'decimal':
    case 'boolean':
    case 'date':
    case 'datetime':
      return itemSchema({ ...field, min: undefined, max: undefined });
    default:
      return 'storable()';
  }
}

/** What a field becomes that is left out: a literal, as it is stored. */
export function fallbackOf({ type, default: preset }: ResourceField): string {
  if (preset === undefined) return 'null';
  if (type === 'datetime') return toLiteral(new Date(String(preset)).toISOString());
  return toLiteral(type === 'email' ? String(preset).toLowerCase() : preset);
}

function valueSchema(field: ResourceField): string {
  if (!field.list) return itemSchema(field);
  const { min, max = mostItems } = field;
  return `list(${itemSchema(field)}, ${toOptions({ min, max })})`;
}

function itemSchema(field: ResourceField): string {
  const { name, type, list, optional } = field;
  const [min, max] = list ? [] : [field.min, field.max];
  const length = { min, max: maxLength(field) };
  const notEmpty = optional ? undefined : 1;
  switch (type) {
    case 'string':
    case 'text':
      return `text(${toOptions({ ...length, min: min ?? notEmpty })})`;
    case 'email':
    case 'url':
      return `${type}(${toOptions(length)})`;
    case 'integer':
      return `z.int32()${bounds(min, max)}`;
    case 'number':
      return `z.number()${bounds(min, max)}`;
    case 'decimal':
      return `decimal(${toOptions({ min, max })})`;
    case 'boolean':
      return 'z.boolean()';
    case 'date':
      return 'date()';
    case 'datetime':
      return 'dateTime()';
    case 'json':
      return 'json()';
    case 'enum':
      return `z.enum(${name}Values)`;
    case 'uuid':
    case 'ref':
      return 'z.uuid()';
  }
}

function bounds(min: number | undefined, max: number | undefined): string {
  return `${min === undefined ? '' : `.min(${min})`}${max === undefined ? '' : `.max(${max})`}`;
}

function scalarType({ name, type }: ResourceField): string {
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  return type === 'enum' ? `(typeof ${name}Values)[number]` : 'string';
}
