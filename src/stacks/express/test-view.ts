import type { Resource, ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { fallbackOf, sortTypeOf } from './field-types.ts';
import { filtersOf } from './filters.ts';
import type { PrivateRef } from './refs-view.ts';
import { capacityOf, invalidValues, wrongTypeOf } from './samples.ts';

/** What only the test of an endpoint names. */
export function testView(resource: Resource, basePath: string, refs: PrivateRef[]) {
  const { fields, operations, pagination, names } = resource;
  const writable = fields.filter(({ readonly }) => !readonly);
  const secrets = writable.filter((field) => field.private);
  const optional = writable.filter((field) => field.optional || field.default !== undefined);
  const required = writable.filter((field) => !optional.includes(field));
  const patch = writable.find(({ type }) => type !== 'ref') ?? writable[0];
  const rows = Math.min(5, ...fields.map(capacityOf));
  const usesParents = fields.some(({ parent, circular }) => parent && !circular);

  return {
    dbArgument: usesParents ? 'api.db' : '',
    usesBody:
      operations.has('create') || operations.has('replace') || (operations.has('update') && patch),
    ...serverView(resource),
    visible: secrets.length > 0 ? `without(body, ${listNames(secrets)})` : 'body',
    required: listNames([...required].sort((one, other) => (one.name < other.name ? -1 : 1))),
    fallbackNames: listNames(optional),
    fallbackAnswers: optional
      .filter((field) => !field.private)
      .map((field) => ({ name: field.name, fallback: fallbackOf(field) })),
    invalid: writable.flatMap((field) =>
      invalidValues(field).map((wrong) => ({ field: field.name, ...wrong })),
    ),
    secrets: secrets.map((field) => ({ name: field.name, wrong: wrongTypeOf(field) })),
    uniques: writable.filter(({ unique }) => unique).map(rowOfItsOwn),
    isTellable: writable.some(isTellable),
    references: writable.filter(({ type }) => type === 'ref').map(({ name }) => ({ name })),
    patch: patch && { name: patch.name, column: patch.column },

    emptyMeta:
      pagination === 'cursor'
        ? '{ nextCursor: null, limit: 20 }'
        : '{ page: 1, perPage: 20, totalPages: 0, total: 0 }',
    walk: pagination === 'cursor' ? 'walk' : 'walkPages',
    rowCount: rows,
    filterCount: Math.min(3, rows),
    sorts: fields
      .filter(({ sort }) => sort)
      .map((field) => ({
        name: field.name,
        column: field.column,
        schema: sortTypeOf(field),
        wrong: sortTypeOf(field) === 'storable()' ? '1' : "'other'",
        optional: field.optional,
        ties: !field.unique,
        nulls: field.optional,
      })),
    nullableSorts: fields.some(({ sort, optional }) => sort && optional),
    filterTests: filtersOf(fields.filter(({ circular }) => !circular)),
    forbiddenMethods: forbiddenMethods(resource),
    parentRules: parentRules(fields),
    testParents: testParents(resource, refs),
    basePath,
    table: names.table,
  };
}

/** What no caller sets, where the endpoint has no such field for them to write. */
function serverView({ fields }: Resource) {
  const values = new Map([
    ['id', 'row.id'],
    ['createdAt', 'row.created_at'],
    ['updatedAt', 'row.updated_at'],
    ['ownerId', 'row.id'],
    ['role', toLiteral('admin')],
  ]);
  for (const { name, column, readonly } of fields) {
    if (readonly) values.set(name, `row.${column}`);
    else values.delete(name);
  }
  return {
    serverSet: [...values.keys()].sort().map(toLiteral).join(', '),
    serverValues: [...values].map(([name, value]) => `${name}: ${value}`).join(', '),
  };
}

const nameOf = ({ name }: ResourceField) => name;
const listNames = (fields: ResourceField[]) => fields.map(nameOf).map(toLiteral).join(', ');

const collection = { GET: 'list', POST: 'create' } as const;
const member = { GET: 'get', PUT: 'replace', PATCH: 'update', DELETE: 'delete' } as const;

function forbiddenMethods({ operations }: Resource) {
  const paths = [
    { path: 'url', methods: collection, never: 'DELETE' },
    { path: '`${url}/1`', methods: member, never: 'POST' },
  ];
  return paths.flatMap(({ path, methods, never }) => {
    const entries = Object.entries(methods);
    const allowed = entries.filter(([, operation]) => operations.has(operation));
    if (allowed.length === 0) return [];
    const allow = allowed.flatMap(([method]) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    const missing = entries.filter(([, operation]) => !operations.has(operation));
    const forbidden = [never, ...missing.map(([method]) => method)];
    return forbidden.map((method) => ({ method, path, allow: allow.join(', ') }));
  });
}

/** A field, and the endpoint of the row that it has to be given, since sample rows go without. */
const rowOfItsOwn = ({ name, column, circular, parent }: ResourceField) => ({
  name,
  column,
  made: circular && parent ? parent.names.Singular : false,
});

/** Whether the samples of two rows differ in a field. */
const isTellable = (field: ResourceField) =>
  !field.circular && capacityOf({ ...field, unique: true }) > 1;

/** The endpoints whose rows the test makes itself. */
function testParents({ under, fields }: Resource, refs: PrivateRef[]) {
  const circular = fields.filter((field) => field.circular);
  const isMade = (field: ResourceField) => field.unique || parentRules([field]).length > 0;
  const made = circular.filter(isMade);
  const parents = [under, ...refs.map(({ field }) => field), ...made].flatMap((field) =>
    field?.parent && !field.parent.isSelf ? [field.parent.names] : [],
  );
  const byPath = new Map(parents.map((names) => [names.path, names]));
  return [...byPath.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function parentRules(fields: ResourceField[]) {
  return fields.flatMap((field) => {
    const { optional, parent } = field;
    if (!parent || parent.isSelf || !parent.operations.has('delete')) return [];
    const does = optional ? 'leaves this row without it' : 'is refused';
    return [{ ...rowOfItsOwn(field), path: parent.names.path, keeps: !optional, does }];
  });
}
