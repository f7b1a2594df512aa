import type { ResourceNames } from '../../manifest/names.ts';
import { parentRules, testParents } from '../endpoint/parents.ts';
import type { PrivateRef } from '../endpoint/private-refs.ts';
import { indexedColumns } from '../postgres/indexes.ts';
import type { Resource, ResourceField } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';
import { fallbackOf, sortTypeOf } from './field-types.ts';
import { filtersOf } from './filters.ts';
import { capacityOf, extremeValues, invalidValues, wrongTypeOf } from './samples.ts';

/** The part of the view that only the test of an endpoint uses. */
export function testView(resource: Resource, basePath: string, refs: PrivateRef[]) {
  const { fields, operations, pagination, names } = resource;
  const writable = fields.filter(({ readonly }) => !readonly);
  const secrets = writable.filter((field) => field.private);
  const optional = writable.filter((field) => field.optional || field.default !== undefined);
  const required = writable.filter((field) => !optional.includes(field));
  const patch = writable.find(({ type }) => type !== 'ref') ?? writable[0];
  const most = Math.min(5, ...fields.map(capacityOf));
  const usesParents = fields.some(({ parent, circular }) => parent && !circular);

  const filters = filtersOf(fields.filter(({ circular }) => !circular));
  // The server sets the owner of a row.
  const values = writable.filter(({ owner }) => !owner);

  return {
    dbArgument: usesParents ? 'api.db' : '',
    usesBody:
      operations.has('create') || operations.has('replace') || (operations.has('update') && patch),
    operationNames: [...operations].map(toLiteral).join(', '),
    pagination,
    most: most < 5 && most,
    visible: secrets.length > 0 ? `without(body, ${listNames(secrets)})` : 'body',
    readonlyNames: listNames(fields.filter(({ name, readonly }) => readonly && !usual.has(name))),
    required: listNames([...required].sort((one, other) => (one.name < other.name ? -1 : 1))),
    fallbackAnswers: optional
      .filter((field) => !field.private)
      .map((field) => `${field.name}: ${fallbackOf(field)}`)
      .join(', '),
    takesExtremes: values.some((field) => extremeValues(field).length > 0),
    isTested: writable.length > 0,
    takenTable: toTable(
      values.flatMap((field) =>
        extremeValues(field).map(
          ({ which, value }) => `[${toLiteral(field.name)}, ${toLiteral(which)}, ${value}]`,
        ),
      ),
    ),
    refusedTable: toTable(
      writable.flatMap((field) =>
        invalidValues(field).map(
          ({ problem, value }) => `[${toLiteral(field.name)}, ${toLiteral(problem)}, ${value}]`,
        ),
      ),
    ),
    secrets: secrets.map((field) => ({ name: field.name, wrong: wrongTypeOf(field) })),
    uniques: writable.filter(({ unique }) => unique).map((field) => takenView(field, names)),
    referenceNames: listNames(writable.filter(({ type }) => type === 'ref')),
    patches: values.map(({ name, column }) => `${name}: ${toLiteral(column)}`).join(', '),
    searchColumns: fields
      .filter(({ search }) => search)
      .map(({ column }) => toLiteral(column))
      .join(', '),
    sortTable: toTable(fields.filter(({ sort }) => sort).map(sortRow)),
    filterTests: filters.length > 0,
    filterTable: toTable(
      filters.map(({ param, column, matches }) => `['${param}', '${column}', ${matches}]`),
    ),
    indexes: indexedColumns(resource).map(toLiteral).join(', '),
    parentRules: rulesOf(fields),
    testParents: testParents(resource, refs),
    basePath,
    table: names.table,
  };
}

/** The fields that no caller may set, which the tests of every endpoint check. */
const usual = new Set(['id', 'createdAt', 'updatedAt', 'ownerId', 'role']);

function sortRow(field: ResourceField): string {
  const wrong = sortTypeOf(field) === 'storable()' ? '1' : "'other'";
  const more = `${field.unique ? ', unique: true' : ''}${field.optional ? ', nullable: true' : ''}`;
  return `{ by: '${field.name}', column: '${field.column}', wrong: ${wrong}${more} }`;
}

const nameOf = ({ name }: ResourceField) => name;
const listNames = (fields: ResourceField[]) => fields.map(nameOf).map(toLiteral).join(', ');

/** A unique field, and how another row gets its value. Sample rows have no circular references. */
function takenView({ name, column, circular, parent }: ResourceField, { Singular }: ResourceNames) {
  const made = circular && parent ? `(await insert${parent.names.Singular}(api.db)).id` : '';
  const values = made && `, { ${column}: ${made} }`;
  return { name, taken: `(await insert${Singular}(api.db${values})).${column}` };
}

const testOf = { restrict: 'keepsParent', 'set null': 'losesParent', cascade: 'goesWithParent' };

/** What becomes of a row when the one that it refers to is deleted. */
const rulesOf = (fields: readonly ResourceField[]) =>
  parentRules(fields).map(({ column, onDelete, names: { path, Singular } }) => {
    return { column, path, Singular, test: testOf[onDelete] };
  });
