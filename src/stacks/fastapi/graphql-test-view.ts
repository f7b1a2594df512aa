import { enumMember, isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest, Operation } from '../../manifest/manifest.ts';
import { filtersOf } from '../endpoint/filters.ts';
import { privateRefsOf } from '../endpoint/private-refs.ts';
import { statusesOf } from '../endpoint/statuses.ts';
import { relationsOf } from '../graphql/relations.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName, moduleName } from '../python/names.ts';
import type { Resource, ResourceField } from '../resource.ts';
import { wrongValues } from './sample-values.ts';

/** What only the test of GraphQL names of an endpoint. */
export function graphqlTestView(manifest: Manifest, resource: Resource) {
  const { fields } = resource;
  const { references, backward } = relationsOf(manifest, resource);
  const shown = fields.filter((field) => !field.private);
  const writable = fields.filter(({ readonly }) => !readonly);
  const operations = askedOperations(resource);
  const inGraphql = { ...resource, operations: new Set(operations) };
  const statuses = statusesOf(inGraphql, privateRefsOf(inGraphql));
  const nested = backward.flatMap(({ name, field, target }) => {
    // Where not every parent can be listed, only their own tests reach them.
    const isListed = field.parent?.operations.has('list') && isInGraphql(manifest, target.plural);
    if (!isListed) return [];
    return [
      {
        parents: target.plural,
        name,
        key: field.name,
        attribute: attributeName(field.column),
        column: target.column,
        unique: field.unique,
      },
    ];
  });
  return {
    parents: [
      ...new Map(
        nested
          .filter(({ column }) => column !== resource.names.column)
          .map(({ column, parents }) => [column, tableOf(fields, parents)]),
      ),
    ].map(([column, table]) => ({ column, module: moduleName(table) })),
    fields: ['id', ...shown.map(({ name }) => name), 'createdAt', 'updatedAt'].join(' '),
    enums: fields
      .filter(({ type }) => type === 'enum')
      .map(({ name, values }) => ({
        name: toLiteral(name),
        members: values.map((value) => `${toLiteral(value)}: ${toLiteral(enumMember(value))}`),
      }))
      .map(({ name, members }) => `${name}: {${members.join(', ')}}`),
    orders: ['createdAt', ...fields.filter(({ sort }) => sort).map(({ name }) => name)].map(
      (name) => `(${toLiteral(name)}, ${toLiteral(enumMember(name))})`,
    ),
    filters: filtersOf(shown.filter(({ circular }) => !circular)).map(
      ({ param, field }) => `(${toLiteral(param)}, ${toLiteral(attributeName(field.column))})`,
    ),
    references: references
      .filter(({ field }) => !field.circular)
      .map(({ name, field }) => `(${toLiteral(name)}, ${toLiteral(field.name)})`),
    nested,
    wrongs: wrongInput(writable),
    guarded: list(statuses.guarded),
    open: list(statuses.open),
    statuses: statuses.table.map(
      ({ operation, statuses: all }) => `(${toLiteral(operation)}, ${all.join(', ')})`,
    ),
  };
}

/** `PUT` has no counterpart, and what takes an input needs a field to write. */
export function askedOperations({ fields, operations }: Resource): Operation[] {
  const isWritten = fields.some(({ readonly }) => !readonly);
  return [...operations].filter((operation) => {
    const takesInput = operation === 'create' || operation === 'update';
    return operation !== 'replace' && (!takesInput || isWritten);
  });
}

function tableOf(fields: readonly ResourceField[], plural: string): string {
  const found = fields.find(({ parent }) => parent?.names.plural === plural)?.parent;
  return found?.names.table ?? plural;
}

const list = (names: readonly string[]) =>
  names.length === 0 ? '' : `[${names.map(toLiteral).join(', ')}]`;

/** Types whose wrong values GraphQL refuses by itself. */
const checked = new Set(['boolean', 'enum', 'json']);

/** Values of the right type that only the schema of a field refuses. */
function wrongInput(writable: readonly ResourceField[]): string[] {
  const wrong = writable
    .filter(({ type, list: isList }) => !checked.has(type) && !isList)
    .flatMap((field) => {
      // The first one has the wrong type, and GraphQL itself refuses fractions.
      const [, ...others] = wrongValues(field);
      const [first] = others.filter(({ which }) => which !== 'a fraction');
      return first ? [`(${toLiteral(field.name)}, ${first.value})`] : [];
    });
  return wrong.slice(0, 1);
}
