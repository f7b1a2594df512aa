import { mostItems, numericBounds } from '../../manifest/sizes.ts';
import { fallbackValue, hasFallback } from '../endpoint/capabilities.ts';
import { toLiteral, toValue } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import type { Resource, ResourceField } from '../resource.ts';
import { needsAlias } from './attributes.ts';
import { callOf, types } from './types.ts';

/** The type of a field in the module of its schemas: a name of its own where it has a form. */
export type FieldTypeView = { name: string; definition: string | false };

/** What the module of schemas imports. */
const imported = (
  'Annotated Boolean ConfigDict CursorQuery Date DateTime Decimal Field Input Json Literal Model ' +
  'OneOf PageQuery QueryBoolean QueryInteger QueryNumber Search Timestamp Uuid'
).split(' ');

/** The types of all fields; no two have one name, nor one that the module has for something else. */
export function fieldTypes({ names, fields }: Resource): ReadonlyMap<ResourceField, FieldTypeView> {
  const { Singular, Plural } = names;
  const taken = new Set([
    ...imported,
    ...['Create', 'Replace', 'Patch'].map((verb) => `${verb}${Singular}`),
    ...[`${Singular}Row`, `${Singular}Sort`, `List${Plural}`],
  ]);
  return new Map(
    fields.map((field): [ResourceField, FieldTypeView] => {
      const definition = definitionOf(field);
      if (!definition.includes('[')) return [field, { name: definition, definition: false }];
      const name = freeName(`${Singular}${capital(field.name)}`, taken);
      taken.add(name);
      return [field, { name, definition }];
    }),
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name}Value`, taken) : name;
}

const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

function definitionOf(field: ResourceField): string {
  const item = types[field.type].form(field);
  const value = field.list ? `Annotated[list[${item}], ${sizeOf(field)}]` : item;
  const whole = field.optional ? `${value} | None` : value;
  return field.private ? `Annotated[${whole}, WRITE_ONLY]` : whole;
}

function sizeOf(field: ResourceField): string {
  const { min, max = mostItems } = numericBounds(field);
  return callOf('Items', { min, max });
}

/** The type of a query parameter. A value beyond the bounds is not refused: no row has it. */
export function queryTypeOf(field: ResourceField): string {
  const { query, form } = types[field.type];
  return query ?? form({ ...field, list: false, min: undefined, max: undefined, optional: true });
}

/** A line of a model: the type that it maps, and what SQLAlchemy has to be told beside. */
export function columnOf(field: ResourceField) {
  const { python, column } = types[field.type];
  const single = python(field);
  const value = field.list ? `list[${single}]` : single;
  const attribute = attributeName(field.column);
  const type = field.list ? `ARRAY(${column?.item ?? 'String'})` : column?.alone;
  const isRenamed = attribute !== field.column;
  const told = [
    ...(isRenamed ? [toLiteral(field.column)] : []),
    ...(type === undefined ? [] : [type]),
    ...(isRenamed ? [`key=${toLiteral(attribute)}`] : []),
  ];
  return {
    attribute,
    mapped: field.optional ? `${value} | None` : value,
    told: told.length > 0 && `mapped_column(${told.join(', ')})`,
  };
}

/** What stands behind the type of a field in a class; empty if nothing. */
export function assignedTo(name: string, attribute: string, value?: string): string {
  if (!needsAlias(attribute, name)) return value ?? '';
  const alias = `alias=${toLiteral(name)}`;
  return value === undefined ? `Field(${alias})` : `Field(${value}, ${alias})`;
}

/** What a field becomes that is left out, in code; undefined where it cannot be. */
export function fallbackOf(field: ResourceField): string | undefined {
  if (!hasFallback(field)) return undefined;
  const value = fallbackValue(field);
  if (value === null) return 'None';
  const code = types[field.type].value;
  return code && typeof value === 'string' ? code(value) : toValue(value);
}
