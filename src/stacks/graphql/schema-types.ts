import type { Resource } from '../resource.ts';
import type { Enum, GraphqlType, Value } from './describe-type.ts';
import type { Argument, OutputField, TypeDefinition } from './print-schema.ts';

/** Types, and what is added to those of others, `Query` and `Mutation` too. */
export type SchemaPart = {
  types: TypeDefinition[];
  additions: { type: string; field: OutputField }[];
};

const deletedId = { name: 'deletedId', type: 'ID' };
const errors = { name: 'errors', type: '[Error!]!' };
const id: Argument = { name: 'id', type: 'ID!' };
const dateTime = 'DateTime';

const idempotencyKey: Argument = {
  name: 'idempotencyKey',
  type: 'String',
  description: 'A mutation with the same key and input is done once within a day.',
};
export const ifUpdatedAt: Argument = {
  name: 'ifUpdatedAt',
  type: dateTime,
  description: 'The `updatedAt` that you have seen. If it has changed since, nothing is done.',
};

const connectionArguments: Argument[] = [
  { name: 'first', type: 'Int', description: '1 to 100, and 20 if there is no size.' },
  { name: 'after', type: 'String' },
  { name: 'last', type: 'Int' },
  { name: 'before', type: 'String' },
  { name: 'limit', type: 'Int', description: 'Another name of `first`.' },
  { name: 'cursor', type: 'String', description: 'Another name of `after`.' },
];

/** What an endpoint adds to the schema. */
export function schemaTypes(
  { names, operations }: Pick<Resource, 'names' | 'operations'>,
  described: GraphqlType,
): SchemaPart {
  const { name } = described;
  const has = {
    list: operations.has('list'),
    get: operations.has('get'),
    create: operations.has('create'),
    update: operations.has('update') && described.update.length > 0,
    delete: operations.has('delete'),
  };
  const connection = { type: `${name}Connection!`, args: listArguments(described) };
  const payload = { name: names.singular, type: name };
  const input = (verb: string): Argument[] => [{ name: 'input', type: `${verb}${name}Input!` }];
  const creates = described.create.length > 0;

  const types: TypeDefinition[] = [
    ...described.enums.map(enumDefinition),
    { kind: 'type', name, fields: rowFields(described) },
    ...(has.list ? listTypes(described) : []),
    ...(has.create && creates ? [inputType(`Create${name}Input`, described.create)] : []),
    ...(has.update ? [inputType(`Update${name}Input`, described.update)] : []),
    ...(has.create ? [payloadType(`Create${name}Payload`, payload)] : []),
    ...(has.update ? [payloadType(`Update${name}Payload`, payload)] : []),
    ...(has.delete ? [payloadType(`Delete${name}Payload`, deletedId)] : []),
  ];
  const query = (field: OutputField) => ({ type: 'Query', field });
  const mutation = (verb: string, args: Argument[]) => ({
    type: 'Mutation',
    field: {
      name: `${verb.toLowerCase()}${name}`,
      type: `${verb}${name}Payload!`,
      args,
    },
  });
  return {
    types,
    additions: [
      ...described.backward.map((each) => ({
        type: each.target.Singular,
        field: { name: each.name, ...connection },
      })),
      ...(has.get ? [query({ name: names.singular, type: name, args: [id] })] : []),
      ...(has.list ? [query({ name: names.plural, ...connection })] : []),
      ...(has.create
        ? [mutation('Create', [...(creates ? input('Create') : []), idempotencyKey])]
        : []),
      ...(has.update ? [mutation('Update', [id, ...input('Update'), ifUpdatedAt])] : []),
      ...(has.delete ? [mutation('Delete', [id, ifUpdatedAt])] : []),
    ],
  };
}

function listArguments({ name, filters, sort }: GraphqlType): Argument[] {
  return [
    ...connectionArguments,
    ...(filters.length > 0 ? [{ name: 'filter', type: `${name}Filter` }] : []),
    { name: 'sortBy', type: `${sort.name}!`, fallback: 'CREATED_AT' },
    { name: 'sortOrder', type: 'SortOrder!', fallback: 'DESC' },
  ];
}

function listTypes({ name, filters, sort, counts }: GraphqlType): TypeDefinition[] {
  const total = counts ? [{ name: 'totalCount', type: 'Int!' }] : [];
  return [
    {
      kind: 'type',
      name: `${name}Connection`,
      fields: [
        { name: 'edges', type: `[${name}Edge!]!` },
        { name: 'pageInfo', type: 'PageInfo!' },
        ...total,
      ],
    },
    {
      kind: 'type',
      name: `${name}Edge`,
      fields: [
        { name: 'node', type: `${name}!` },
        { name: 'cursor', type: 'String!' },
      ],
    },
    ...(filters.length > 0 ? [inputType(`${name}Filter`, filters)] : []),
    enumDefinition(sort),
  ];
}

function rowFields({ fields }: GraphqlType): OutputField[] {
  return [
    { name: 'id', type: 'ID!' },
    ...fields.flatMap(({ reference, ...value }) => [
      { name: value.name, type: typeOf(value) },
      ...(reference
        ? [
            {
              name: reference.name,
              type: reference.target.Singular,
              description: 'Null if you cannot read it.',
            },
          ]
        : []),
    ]),
    { name: 'createdAt', type: `${dateTime}!` },
    { name: 'updatedAt', type: `${dateTime}!` },
  ];
}

export const inputType = (name: string, values: readonly Value[]): TypeDefinition => ({
  kind: 'input',
  name,
  fields: values.map((value) => ({ name: value.name, type: typeOf(value) })),
});

export const payloadType = (name: string, result: OutputField): TypeDefinition => ({
  kind: 'type',
  name,
  fields: [result, errors],
});

const enumDefinition = ({ name, members }: Enum): TypeDefinition => ({
  kind: 'enum',
  name,
  values: members.map((member) => member.name),
});

function typeOf({ type, isList, isNullable }: Value): string {
  const one = isList ? `[${type.name}!]` : type.name;
  return isNullable ? one : `${one}!`;
}
