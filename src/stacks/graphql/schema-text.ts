import { isAccounts } from '../../manifest/accounts.ts';
import { isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource } from '../resource.ts';
import { accountTypes } from './account-types.ts';
import { describeType } from './describe-type.ts';
import type { OutputField, TypeDefinition } from './print-schema.ts';
import { printSchema } from './print-schema.ts';
import type { SchemaPart } from './schema-types.ts';
import { schemaTypes } from './schema-types.ts';

/** What stands in every schema. */
const common: TypeDefinition[] = [
  {
    kind: 'scalar',
    name: 'DateTime',
    description: 'ISO 8601 with an offset; returned in UTC with milliseconds.',
  },
  { kind: 'scalar', name: 'Date', description: 'Like `2026-01-31`.' },
  {
    kind: 'scalar',
    name: 'Time',
    description: 'Like `10:30` or `10:30:15`, without a time zone.',
  },
  {
    kind: 'scalar',
    name: 'Decimal',
    description: 'A decimal number as a string, like `"12.50"`, so that no digit is lost.',
  },
  { kind: 'scalar', name: 'JSON', description: 'A JSON object or array.' },
  { kind: 'enum', name: 'SortOrder', values: ['ASC', 'DESC'] },
  {
    kind: 'type',
    name: 'PageInfo',
    fields: [
      { name: 'hasNextPage', type: 'Boolean!' },
      { name: 'hasPreviousPage', type: 'Boolean!' },
      { name: 'startCursor', type: 'String' },
      { name: 'endCursor', type: 'String' },
    ],
  },
  {
    kind: 'type',
    name: 'Error',
    description: 'Why a mutation changed nothing.',
    fields: [
      { name: 'field', type: 'String!' },
      { name: 'message', type: 'String!' },
      { name: 'code', type: 'String!' },
    ],
  },
  { kind: 'type', name: 'Query', fields: [] },
  { kind: 'type', name: 'Mutation', fields: [] },
];

/** What accounts and endpoints add to the schema. */
export function partsOfSchema(manifest: Manifest): SchemaPart[] {
  return Object.keys(manifest.endpoints)
    .filter((plural) => isInGraphql(manifest, plural))
    .map((plural) => {
      if (isAccounts(manifest, plural)) return accountTypes(manifest);
      const resource = describeResource(manifest, plural);
      return schemaTypes(resource, describeType(manifest, resource));
    });
}

/** `schema.graphql`: the schema that the code of all endpoints makes. */
export function schemaText(manifest: Manifest): string {
  const parts = partsOfSchema(manifest);
  const additions = new Map<string, OutputField[]>();
  for (const { type, field } of parts.flatMap((part) => part.additions)) {
    additions.set(type, [...(additions.get(type) ?? []), field]);
  }
  const types = [...common, ...parts.flatMap((part) => part.types)].map((type) =>
    withFields(type, additions.get(type.name) ?? []),
  );
  return printSchema(types.filter((type) => type.name !== 'Mutation' || hasFields(type)));
}

/** A schema needs a query, so that one stands in for those of endpoints while there are none. */
function withFields(type: TypeDefinition, more: readonly OutputField[]): TypeDefinition {
  if (type.kind !== 'type') return type;
  const fields = [...type.fields, ...more];
  const isEmpty = type.name === 'Query' && fields.length === 0;
  return { ...type, fields: isEmpty ? [{ name: 'ready', type: 'Boolean!' }] : fields };
}

const hasFields = (type: TypeDefinition) => type.kind === 'type' && type.fields.length > 0;
