import { isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ResourceNames } from '../../manifest/names.ts';
import { type Capabilities, capabilities, hasFallback } from '../endpoint/capabilities.ts';
import { nestingOf } from '../endpoint/nesting.ts';
import { parentsOf } from '../endpoint/parents.ts';
import { lookupsOf, privateRefsOf } from '../endpoint/private-refs.ts';
import { differingIn } from '../old-versions.ts';
import { indexStatements } from '../postgres/indexes.ts';
import { quoteName, tableLines } from '../postgres/sql.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';
import { inTemplateLiteral, toLiteral } from '../typescript/literal.ts';
import { accessView } from './access-view.ts';
import { columnTypeOf, fallbackOf, schemaOf, sortTypeOf } from './field-types.ts';
import { filtersOf } from './filters.ts';
import { graphqlNeeds } from './graphql-view.ts';
import { refsView } from './refs-view.ts';
import { sampleOf } from './samples.ts';
import { testView } from './test-view.ts';
import { underView } from './under-view.ts';

/** Everything that the templates of one endpoint name, computed once. */
export function resourceView(manifest: Manifest, plural: string) {
  return viewOf(manifest, describeResource(manifest, plural));
}

/** The same of an endpoint as it is described. */
export function viewOf(manifest: Manifest, resource: Resource) {
  const { names, fields } = resource;
  const writable = fields.filter(({ readonly }) => !readonly);
  const can = capabilities(resource);
  const fallbacks = can.create || can.replace ? writable.filter(hasFallback) : [];
  const filters = can.list ? filtersOf(fields) : [];
  const search = can.list ? fields.filter((field) => field.search) : [];
  const refs = privateRefsOf(resource);
  const refNames = refsView(resource, refs);
  const nesting = nestingOf(resource);
  const under = nesting && underView(resource, nesting, refNames);
  const isInFilters = filters.some(({ param }) => param === under?.name);
  const scope = under?.list && !isInFilters ? under : undefined;
  const isFiltered = filters.length > 0 || search.length > 0 || scope !== undefined;
  const access = accessView(resource, refs, refNames);
  const test = testView(resource, manifest.basePath, refs);
  // Connections have cursors whatever the pages of REST have.
  const sortsBy = isInGraphql(manifest, names.plural) ? 'cursor' : resource.pagination;
  const samples = fields.map((field) => sampleOf(field));

  return {
    ...names,
    version: false as string | false,
    Version: '',
    isCompared: (can.change || can.delete) && differingIn(manifest, names.plural).length > 0,
    can,
    pageKind: resource.pagination === 'cursor' ? 'cursor' : 'number',
    ...paginationNames(resource.pagination),
    sortType: sortsBy === 'cursor' ? 'CursorSort' : 'Sort',
    under: under ?? false,

    fields: fields.map((field, index) => ({
      column: field.column,
      columnType: columnTypeOf(field),
      sample: samples[index],
    })),
    writable: writable.map(writableView),
    answered: fields
      .filter((field) => !field.private)
      .map((field) => ({
        name: field.name,
        answer: can.write && !field.readonly ? `writable.shape.${field.name}` : schemaOf(field),
      })),
    selects: selects(fields),
    fallbacks: fallbacks.map((field) => ({ name: field.name, fallback: fallbackOf(field) })),
    whole: fallbacks.length > 0 ? 'whole' : 'writable',
    valuesOf: valuesOf(names, can),
    enums: fields
      .filter(({ type }) => type === 'enum')
      .map(({ name, values }) => ({ name, values: values.map(toLiteral).join(', ') })),
    enumNames: fields
      .filter(({ type }) => type === 'enum')
      .map(({ name }) => `${name}Values`)
      .join(', '),
    schemaNames: schemaNames(names, under?.schemas),

    filters,
    conditions: [
      ...filters.map(({ param, condition }) => ({ param, condition })),
      ...(scope
        ? [{ param: scope.name, condition: `'${scope.column}', '=', query.${scope.name}` }]
        : []),
    ],
    search: search.map(({ name, column }) => ({ name, column })),
    searchConditions: search.map(({ column }) => `row('${column}', 'ilike', pattern)`).join(', '),
    isFiltered,
    scope: scope?.name ?? false,
    graphql: graphqlNeeds(manifest, resource, { isFiltered, listsOwn: access.listsOwn }),
    sorts: fields
      .filter(({ sort }) => sort)
      .map((field) => ({ name: field.name, sort: sortOf(field, sortsBy) })),
    sortNames: ['createdAt', ...fields.filter(({ sort }) => sort).map(({ name }) => name)]
      .map(toLiteral)
      .join(', '),
    collectionMethods: methods(can, { GET: 'list', POST: 'create' }),
    memberMethods: methods(can, { GET: 'get', PUT: 'replace', PATCH: 'update', DELETE: 'delete' }),

    lookups: lookupsOf(resource, refs, under?.hidesByOwner === true),

    parents: parentsOf(fields),
    samplesCount: uses(samples, /\b(count|serial|day)\b/),
    samplesSerial: uses(samples, /\bserial\b/),
    samplesDay: uses(samples, /\bday\b/),
    sampleParameters: sampleParameters(names, fields),
    jsonTexts: jsonTexts(fields),
    ...test,
    ...access,
    ...refNames,
    usesAuth: access.usesAuth || under?.usesAuth === true,

    sqlTable: quoteName(names.table),
    sqlLines: tableLines(resource).map(inTemplateLiteral),
    sqlIndexes: indexStatements(resource).map(inTemplateLiteral).map(indented),
  };
}

/** A statement of several lines starts on a line of its own in the migration. */
const indented = (statement: string) =>
  statement.includes('\n') ? `\n${statement}\n`.replace(/\n/g, '\n    ').slice(0, -2) : statement;

function writableView(field: ResourceField) {
  const value = `values.${field.name}`;
  const isJson = field.type === 'json';
  return {
    name: field.name,
    column: field.column,
    schema: schemaOf(field),
    store: isJson && !field.optional ? `JSON.stringify(${value})` : storeNullable(value, isJson),
    restore: storeNullable(value, isJson),
  };
}

const storeNullable = (value: string, isJson: boolean) =>
  isJson ? `${value} && JSON.stringify(${value})` : value;

function selects(fields: ResourceField[]): string {
  const alias = ({ name, column }: ResourceField) =>
    name === column ? `'${column}'` : `'${column} as ${name}'`;
  const own = fields.filter((field) => !field.private).map(alias);
  return ["'id'", ...own, "'created_at as createdAt'", "'updated_at as updatedAt'"].join(', ');
}

function valuesOf({ Singular }: ResourceNames, can: Capabilities): string | undefined {
  if (can.create) return `create${Singular}`;
  if (can.replace) return `replace${Singular}`;
  return can.update ? `patch${Singular}` : undefined;
}

function sortOf(field: ResourceField, pagination: Resource['pagination']): string {
  const { name, column, optional } = field;
  if (pagination === 'offset') return `{ column: '${column}' }`;
  const more = optional ? ', nullable: true' : '';
  return `{ column: '${column}', key: '${name}', value: ${sortTypeOf(field)}${more} }`;
}

function schemaNames({ Plural, Singular }: ResourceNames, nested: string[] = []): string {
  const own = [`create${Singular}`, `list${Plural}Query`, `patch${Singular}`, `replace${Singular}`];
  return [...new Set([...own, ...nested])].join(', ');
}

function paginationNames(pagination: Resource['pagination']) {
  return pagination === 'cursor'
    ? {
        paginate: 'paginateByCursor',
        pageType: 'CursorPage',
        pageQuery: 'cursorQuery',
      }
    : {
        paginate: 'paginateByNumber',
        pageType: 'NumberedPage',
        pageQuery: 'pageQuery',
      };
}

function methods(can: Capabilities, operations: Record<string, keyof Capabilities>): string {
  const allowed = Object.entries(operations).filter(([, operation]) => can[operation]);
  return allowed.map(([method]) => `'${method}'`).join(', ');
}

function sampleParameters({ Singular }: ResourceNames, fields: ResourceField[]): string {
  const values = `values: Partial<Stored${Singular}> = {}`;
  return parentsOf(fields).length > 0 ? `db: Database, ${values}` : values;
}

function jsonTexts(fields: ResourceField[]): string {
  const json = fields.filter(({ type }) => type === 'json');
  return json.map(({ column }) => `${column}: JSON.stringify(row.${column})`).join(', ');
}

/** Whether expressions use a name. Words in their strings do not count. */
function uses(expressions: readonly string[], name: RegExp): boolean {
  const codeOf = (expression: string) =>
    expression
      .replace(/'(?:[^'\\]|\\.)*'/g, "''")
      .replace(/`[^`]*`/g, (text) => (text.match(/\$\{[^}]*\}/g) ?? []).join(' '));
  return expressions.some((expression) => name.test(codeOf(expression)));
}
