import { enumType } from '../../manifest/graphql-names.ts';
import type { FieldType } from '../../manifest/type-table.ts';
import type { Resource, ResourceField } from '../resource.ts';

/** The scalars of GraphQL itself. */
export type BuiltIn = 'String' | 'Int' | 'Float' | 'Boolean' | 'ID';

/** The type of a value, or of an item of a list; `name` is that of an enum or of a scalar of ours. */
export type ValueType =
  | { kind: 'built in'; name: BuiltIn }
  | { kind: 'scalar'; name: string }
  | { kind: 'enum'; name: string };

const builtIn = (name: BuiltIn): ValueType => ({ kind: 'built in', name });
const scalar = (name: string): ValueType => ({ kind: 'scalar', name });

const valueTypes: Record<Exclude<FieldType, 'enum'>, ValueType> = {
  string: builtIn('String'),
  text: builtIn('String'),
  integer: builtIn('Int'),
  number: builtIn('Float'),
  decimal: scalar('Decimal'),
  boolean: builtIn('Boolean'),
  date: scalar('Date'),
  time: scalar('Time'),
  datetime: scalar('DateTime'),
  uuid: builtIn('ID'),
  email: builtIn('String'),
  url: builtIn('String'),
  json: scalar('JSON'),
  ref: builtIn('ID'),
};

/** The type of a field, without whether it may be null and whether it is a list. */
export function valueTypeOf({ names }: Pick<Resource, 'names'>, field: ResourceField): ValueType {
  const { type, name } = field;
  return type === 'enum'
    ? { kind: 'enum', name: enumType(names.Singular, name) }
    : valueTypes[type];
}
