import { capitalized, enumMember, enumType } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { Resource, ResourceField } from '../resource.ts';
import type { ValueType } from './field-types.ts';
import { valueTypeOf } from './field-types.ts';
import type { Relation } from './relations.ts';
import { relationsOf } from './relations.ts';

/** A value in the schema. `isNullable` says so of the whole list, never of its items. */
export type Value = { name: string; type: ValueType; isList: boolean; isNullable: boolean };

export type Enum = { name: string; members: { name: string; value: string }[] };

/** What an endpoint adds to a GraphQL schema, the same for every stack. */
export type GraphqlType = {
  /** `Post` */
  name: string;
  enums: Enum[];
  /**
   * The fields of a row, each reference with the row that it points to. `isSelf`: only for the user
   * themselves and for who administers, and null for all others.
   */
  fields: (Value & { reference: Relation | undefined; isSelf: boolean })[];
  /** The fields of the types that this one refers to. */
  backward: Relation[];
  filters: Value[];
  sort: Enum;
  /** Where the fields that a client writes are required, as in a new row, and where none is. */
  create: Value[];
  update: Value[];
  /** Whether its connections can tell how many rows there are. */
  counts: boolean;
};

export function describeType(manifest: Manifest, resource: Resource): GraphqlType {
  const { fields, names, pagination } = resource;
  const { references, backward } = relationsOf(manifest, resource);
  const describeValue = (field: ResourceField, isNullable = field.optional): Value => ({
    name: field.name,
    type: valueTypeOf(resource, field),
    isList: field.list,
    isNullable,
  });
  const shown = fields.filter((field) => !field.private);
  const writable = fields.filter(({ readonly }) => !readonly);
  return {
    name: names.Singular,
    enums: fields
      .filter(
        ({ type, private: isPrivate, readonly }) => type === 'enum' && !(isPrivate && readonly),
      )
      .map((field) => enumOf(enumType(names.Singular, field.name), field.values)),
    fields: shown.map((field) => ({
      ...describeValue(field, field.optional || field.self),
      reference: references.find((each) => each.field === field),
      isSelf: field.self,
    })),
    backward,
    filters: [
      ...shown
        .filter(({ filter }) => filter)
        .flatMap((field) => filtersOf(describeValue(field), field)),
      ...(shown.some(({ search }) => search) ? [text('search')] : []),
    ],
    sort: enumOf(`${names.Singular}Sort`, [
      'createdAt',
      ...fields.filter(({ sort }) => sort).map(({ name }) => name),
    ]),
    create: writable.map((field) =>
      describeValue(field, field.optional || field.default !== undefined),
    ),
    update: writable.map((field) => describeValue(field, true)),
    counts: pagination === 'offset',
  };
}

/** The value itself, and for what has an order its bounds. A list is asked for one of its items. */
function filtersOf(value: Value, { type, list }: ResourceField): Value[] {
  const one = { ...value, isList: false, isNullable: true };
  if (list || !typeRow(type).isRanged) return [one];
  const bound = (side: string) => ({ ...one, name: `${side}${capitalized(value.name)}` });
  return [one, bound('min'), bound('max')];
}

const text = (name: string): Value => ({
  name,
  type: { kind: 'built in', name: 'String' },
  isList: false,
  isNullable: true,
});

const enumOf = (name: string, values: readonly string[]): Enum => ({
  name,
  members: values.map((value) => ({ name: enumMember(value), value })),
});
