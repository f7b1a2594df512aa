import { isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource } from '../resource.ts';
import { accountTypes } from './account-types.ts';
import type { OutputField, TypeDefinition } from './print-schema.ts';
import { printSchema } from './print-schema.ts';
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

/** `schema.graphql`: the schema that the code of all endpoints makes. */
export function schemaText(manifest: Manifest): string {
  const parts = [
    ...(manifest.auth === 'jwt' ? [accountTypes(manifest)] : []),
    ...Object.keys(manifest.endpoints)
      .filter((plural) => isInGraphql(manifest, plural))
      .map((plural) => schemaTypes(manifest, describeResource(manifest, plural))),
  ];
  const additions = new Map<string, OutputField[]>();
  for (const { type, field } of parts.flatMap((part) => part.additions)) {
    additions.set(type, [...(additions.get(type) ?? []), field]);
  }
  const types = [...common, ...parts.flatMap((part) => part.types)];
  return printSchema(types.map((type) => withFields(type, additions.get(type.name) ?? [])));
}

function withFields(type: TypeDefinition, more: readonly OutputField[]): TypeDefinition {
  return type.kind === 'type' ? { ...type, fields: [...type.fields, ...more] } : type;
}
