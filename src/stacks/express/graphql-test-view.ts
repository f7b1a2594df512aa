import { enumMember, isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest, Operation } from '../../manifest/manifest.ts';
import { relationsOf } from '../graphql/relations.ts';
import type { Resource, ResourceField } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';
import { compareModules } from '../typescript/wire/module-order.ts';
import { accessView } from './access-view.ts';
import { filtersOf } from './filters.ts';
import { privateRefsOf, refsView } from './refs-view.ts';
import { invalidValues } from './samples.ts';

/** What only the test of GraphQL names of an endpoint. */
export function graphqlTestView(manifest: Manifest, resource: Resource) {
  const { fields, operations } = resource;
  const { references, backward } = relationsOf(manifest, resource);
  const shown = fields.filter((field) => !field.private);
  const writable = fields.filter(({ readonly }) => !readonly);
  const asked: Operation[] = [...operations].filter((operation) => {
    const takesInput = operation === 'create' || operation === 'update';
    return operation !== 'replace' && (!takesInput || writable.length > 0);
  });
  const inGraphql = { ...resource, operations: new Set(asked) };
  const refs = privateRefsOf(inGraphql);
  const refNames = refsView(inGraphql, refs);
  const access = accessView(inGraphql, refs, refNames);
  const isAsked = access.protectedOperations + access.publicOperations !== '';
  const nested = backward.flatMap((relation) => {
    const { name, field, target } = relation;
    // Where not every parent can be listed, only their own tests reach them.
    const isListed = field.parent?.operations.has('list') && isInGraphql(manifest, target.plural);
    if (!isListed) return [];
    const { name: key, column, unique } = field;
    return [{ parents: target.plural, name, key, column, unique, Singular: target.Singular }];
  });
  const parents = fields.flatMap(({ parent }) => (parent && !parent.isSelf ? [parent.names] : []));
  const byPath = new Map(parents.map((parent) => [parent.path, parent]));
  return {
    // Of these, only the used ones are imported.
    imports: [...byPath.values()].sort((one, other) => compareModules(one.path, other.path)),
    fields: ['id', ...shown.map(({ name }) => name), 'createdAt', 'updatedAt'].join(' '),
    enums: fields
      .filter(({ type }) => type === 'enum')
      .map(({ name, values }) => `${name}: { ${values.map(memberPair).join(', ')} }`)
      .join(', '),
    sorts: toTable(
      ['createdAt', ...fields.filter(({ sort }) => sort).map(({ name }) => name)].map(
        (name) => `[${toLiteral(name)}, ${toLiteral(enumMember(name))}]`,
      ),
    ),
    filters: tableOf(
      filtersOf(shown.filter(({ circular }) => !circular)).map(
        ({ param, column }) => `[${toLiteral(param)}, ${toLiteral(column)}]`,
      ),
    ),
    references: tableOf(
      references
        .filter(({ field }) => !field.circular)
        .map(({ name, field }) => `[${toLiteral(name)}, ${toLiteral(field.name)}]`),
    ),
    /** The references that sample rows go without. */
    circular: references
      .filter(({ field }) => field.circular)
      .map(({ name, field, target }) => ({
        name,
        column: field.column,
        Singular: target.Singular,
      })),
    nested,
    wrong: wrongInput(writable),
    refBody: isAsked && refNames.refBody,
    asked: refNames.asked,
    protected: access.protectedOperations,
    public: access.publicOperations,
    access: access.accessTable,
  };
}

const tableOf = (rows: readonly string[]) => (rows.length > 0 ? toTable(rows) : '');

const memberPair = (value: string) => {
  const key = /^[A-Za-z_]\w*$/.test(value) ? value : toLiteral(value);
  return `${key}: ${toLiteral(enumMember(value))}`;
};

/** Types whose wrong values GraphQL refuses by itself. */
const checked = new Set(['boolean', 'enum', 'json']);

/** A value of the right type that only the schema of a field refuses. */
function wrongInput(writable: readonly ResourceField[]): string {
  const wrong = writable
    .filter(({ type, list }) => !checked.has(type) && !list)
    .flatMap((field) => {
      // The first one has the wrong type.
      const [, first] = invalidValues(field);
      return first ? [`[${toLiteral(field.name)}, ${first.value}]`] : [];
    });
  return wrong[0] ?? '';
}
