import type { Manifest } from '../../manifest/manifest.ts';
import { type Capabilities, capabilities } from '../endpoint/capabilities.ts';
import { filtersOf, type Match } from '../endpoint/filters.ts';
import { nestingOf } from '../endpoint/nesting.ts';
import { lookupsOf, privateRefsOf } from '../endpoint/private-refs.ts';
import { creation } from '../postgres/migrations.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName, moduleName } from '../python/names.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';
import { accessView } from './access-view.ts';
import {
  assignedTo,
  columnOf,
  type FieldTypeView,
  fallbackOf,
  fieldTypes,
  queryTypeOf,
} from './field-view.ts';
import { graphqlNeeds, graphqlView } from './graphql-view.ts';
import { migrationView } from './migration-view.ts';
import { prefixes } from './parameters.ts';
import { refsView } from './refs-view.ts';
import { testView } from './test-view.ts';
import { underView } from './under-view.ts';

/** Everything that the templates of an endpoint name, computed once. */
export function resourceView(manifest: Manifest, plural: string) {
  const resource = describeResource(manifest, plural);
  return { ...migrationView(creation(manifest, plural)), ...viewOf(manifest, resource) };
}

/** The same of an endpoint as it is described. */
export function viewOf(manifest: Manifest, resource: Resource) {
  const { names, fields, pagination } = resource;
  const can = capabilities(resource);
  const writable = fields.filter(({ readonly }) => !readonly);
  const refs = privateRefsOf(resource);
  const refNames = refsView(resource, refs);
  const nesting = nestingOf(resource);
  const under = nesting && underView(resource, nesting, refNames);
  const access = accessView(resource, refs, refNames);
  const types = fieldTypes(resource);
  const filters = can.list ? filtersOf(fields) : [];
  const search = can.list ? fields.filter((field) => field.search) : [];
  const scope =
    under?.list && !filters.some(({ param }) => param === under.name)
      ? [{ name: under.attribute, match: 'equals', attribute: under.attribute, param: '' }]
      : [];
  const model = `${names.Singular}Model`;
  const parameters = filters.map(parameterView);
  const body = writable.map((field) => bodyField(field, types));
  const needs = graphqlNeeds(manifest, resource);
  return {
    ...names,
    module: moduleName(names.table),
    can,
    basePath: manifest.basePath,
    ...paginationNames(pagination),
    under: under ?? false,

    columns: fields.map(columnOf),
    types: [...types.values()].filter(({ definition }) => definition !== false),
    answered: fields
      .filter((field) => !field.private)
      .map((field) => {
        const attribute = attributeName(field.column);
        const assigned = assignedTo(field.name, attribute);
        return { attribute, type: typeOf(field, types), assigned };
      }),
    ...bodies(names.Singular, can, body, under),
    parameters: parameters.filter(({ name }) => !(under?.narrows && name === under.attribute)),
    ownParameters: parameters.filter(({ name }) => under?.narrows && name === under.attribute),
    search: search.length > 0,
    sortNames: ['createdAt', ...fields.filter(({ sort }) => sort).map(({ name }) => name)]
      .map(toLiteral)
      .join(', '),

    model,
    body: bodyModel(names.Singular, can),
    sorts: fields
      .filter(({ sort }) => sort)
      .map(({ name, column }) => ({ name: toLiteral(name), attribute: attributeName(column) })),
    conditions: [
      ...[...parameters, ...scope].map(({ name, match, attribute }) => ({
        name: toLiteral(name),
        condition: `${conditions[match] ?? 'equals'}(${model}.${attribute}, ${toLiteral(name)})`,
      })),
      ...(search.length > 0 ? [searchCondition(model, search)] : []),
      ...(access.listsOwn
        ? [
            {
              name: '"_owner_id"',
              condition: `equals(${model}.${access.ownerAttribute}, "_owner_id")`,
            },
          ]
        : []),
    ],
    findOwn: access.findsOwn ? ', OWN' : '',
    changeOwn: access.changesOwn ? ', OWN' : '',
    removeOwn: access.removesOwn ? ', OWN' : '',
    usesOwn:
      access.findsOwn ||
      access.changesOwn ||
      access.removesOwn ||
      (needs !== false && needs.isFound && needs.findsOwn),
    graphql:
      needs === false ? needs : { ...needs, ...graphqlView(manifest, resource, rulesOf(access)) },
    readsAgain: can.get || can.change || can.delete,
    lookups: lookupsOf(resource, refs, nesting?.hides === true && nesting.isByOwner).map(
      ({ ownerColumn, ...lookup }) => ({
        ...lookup,
        constant: `HAS_${lookup.column.toUpperCase()}`,
        model: lookup.table === names.table ? model : `${lookup.Singular}Model`,
        ownerAttribute: attributeName(ownerColumn),
      }),
    ),
    parentModels: lookupsOf(resource, refs, false)
      .filter(({ table }) => table !== names.table)
      .map(({ table, Singular }) => ({ module: moduleName(table), Singular })),
    ...testView(resource, manifest.basePath, refs),
    ...access,
    ...refNames,
    routerDependencies:
      resource.rateLimit === undefined
        ? ''
        : `rate_limit(${toLiteral(names.path)}, ${toLiteral(resource.rateLimit)})`,
    usesAuth: access.usesAuth || under?.usesAuth === true,
  };
}

/** What the resolvers of GraphQL pass to the service; keys of idempotency are of who calls. */
const rulesOf = ({ read, create, update, remove }: ReturnType<typeof accessView>) => ({
  read,
  create: { ...create, needsCaller: create.callerId !== 'None' },
  update,
  remove,
});

/** The class of the body that creates a row, or else changes it; empty if there is none. */
function bodyModel(Singular: string, can: Capabilities): string {
  if (can.create) return `Create${Singular}`;
  if (can.replace) return `Replace${Singular}`;
  return can.update ? `Patch${Singular}` : '';
}

type Types = ReadonlyMap<ResourceField, FieldTypeView>;

const typeOf = (field: ResourceField, types: Types) => types.get(field)?.name ?? '';

function bodyField(field: ResourceField, types: Types) {
  const attribute = attributeName(field.column);
  return {
    attribute,
    type: typeOf(field, types),
    assigned: assignedTo(field.name, attribute, fallbackOf(field)),
    plain: assignedTo(field.name, attribute),
  };
}

type Body = ReturnType<typeof bodyField>;

/** The classes of bodies: the first has the fields, and the others are made of it. */
function bodies(
  Singular: string,
  can: Capabilities,
  all: readonly Body[],
  under: ReturnType<typeof underView> | undefined,
) {
  return {
    /** The class of what is created below a parent, which the path says. */
    base: under?.narrowsCreate ? `Create${Singular}Of${under.Singular}` : '',
    createFields: all,
    replaceBase: can.create ? `Create${Singular}` : 'Input',
    replaceFields: can.create ? [] : all,
    patchBase: can.create ? `Create${Singular}` : can.replace ? `Replace${Singular}` : 'Input',
    patchFields: can.create || can.replace ? [] : all,
  };
}

const conditions: Partial<Record<string, string>> & Record<Match, string> = {
  equals: 'equals',
  includes: 'includes',
  atLeast: 'at_least',
  atMost: 'at_most',
};

function parameterView({ param, field, match }: ReturnType<typeof filtersOf>[number]) {
  const attribute = attributeName(field.column);
  const name = `${prefixes[match]}${attribute}`;
  return {
    name,
    match,
    attribute,
    type: `${queryTypeOf(field)} | None`,
    assigned: assignedTo(param, name, 'None'),
  };
}

function searchCondition(model: string, fields: readonly ResourceField[]) {
  const columns = fields.map(({ column }) => `${model}.${attributeName(column)}`).join(', ');
  return { name: '"search"', condition: `contains_text(${columns})` };
}

function paginationNames(pagination: Resource['pagination']) {
  return pagination === 'cursor'
    ? { pages: 'CursorPages', pageQuery: 'CursorQuery', pageAnswer: 'CursorPage' }
    : { pages: 'NumberedPages', pageQuery: 'PageQuery', pageAnswer: 'NumberedPage' };
}
