import { fallbackValue, hasFallback } from '../endpoint/capabilities.ts';
import { filtersOf, type Match } from '../endpoint/filters.ts';
import { parentRules, parentsOf, testParents } from '../endpoint/parents.ts';
import type { PrivateRef } from '../endpoint/private-refs.ts';
import { type Statuses, statusesOf } from '../endpoint/statuses.ts';
import { indexedColumns } from '../postgres/indexes.ts';
import { toLiteral, toTuple, toValue } from '../python/literal.ts';
import { attributeName, moduleName } from '../python/names.ts';
import type { Resource, ResourceField } from '../resource.ts';
import {
  capacityOf,
  extremeValues,
  type SampleValue,
  sampleOf,
  wrongTypeOf,
  wrongValues,
} from './sample-values.ts';

/** What only the tests of an endpoint name. */
export function testView(resource: Resource, basePath: string, refs: readonly PrivateRef[]) {
  const { fields, operations, pagination, owner } = resource;
  const writable = fields.filter(({ readonly }) => !readonly);
  const secrets = writable.filter((field) => field.private);
  const optional = writable.filter(hasFallback);
  const required = writable.filter((field) => !hasFallback(field));
  const most = Math.min(5, ...fields.map(capacityOf));
  const values = writable.filter((field) => !field.owner);
  const samples = fields.map(sampleOf);
  const sortable = fields.filter(({ sort }) => sort);
  const statuses = statusesOf(resource, refs);
  return {
    samples: fields.map((field, at) => ({
      attribute: attributeName(field.column),
      sample: samples[at],
    })),
    usesNumber: uses(samples, /\b(number|serial|day)\b/),
    usesSerial: uses(samples, /\bserial\b/),
    usesDay: uses(samples, /\bday\b/),
    sampleParents: parentsOf(fields)
      .filter(({ table }) => table !== resource.names.table)
      .map(({ table, column }) => ({ module: moduleName(table), column })),
    testParents: testParents(resource, refs).map(({ table, column }) => ({
      module: moduleName(table),
      column,
    })),
    operationNames: toTuple([...operations]),
    pagination: toLiteral(pagination),
    isByCursor: pagination === 'cursor',
    most: most < 5 && most,
    indexes: list(indexedColumns(resource)),
    serverSet: list(
      fields.filter(({ name, readonly }) => readonly && !usual.has(name)).map(({ name }) => name),
    ),
    required: list(required.map(({ name }) => name)),
    fallbacks: dictionary(
      optional
        .filter((field) => !field.private)
        .map((field) => `${toLiteral(field.name)}: ${toValue(fallbackValue(field))}`),
    ),
    secrets: table(secrets.map((field) => `(${toLiteral(field.name)}, ${wrongTypeOf(field)})`)),
    extremes: table(values.flatMap((field) => rowsOf(field, extremeValues(field)))),
    wrongs: table(writable.flatMap((field) => rowsOf(field, wrongValues(field)))),
    references: list(writable.filter(({ type }) => type === 'ref').map(({ name }) => name)),
    uniques: table(writable.filter(({ unique, circular }) => unique && !circular).map(pairOf)),
    patches: table(values.map(pairOf)),
    searched: list(
      fields.filter(({ search }) => search).map(({ column }) => attributeName(column)),
    ),
    sortCases: sortable.length > 0 && table(['BY_CREATION', ...sortable.map(sortRow)]),
    filterCases: table(
      filtersOf(fields.filter(({ circular }) => !circular)).map(
        ({ param, field, match }) =>
          `(${toLiteral(param)}, ${toLiteral(attributeName(field.column))}, ${matches[match]})`,
      ),
    ),
    parentCases: table(
      parentRules(fields).map(({ column, onDelete, names }) => {
        const attribute = toLiteral(attributeName(column));
        const url = toLiteral(`${basePath}/${names.path}`);
        const outcome = toLiteral(outcomes[onDelete]);
        return `Reference(${attribute}, ${url}, insert_${names.column}, ${outcome})`;
      }),
    ),
    guarded: list(statuses.guarded),
    openOperations: list(statuses.open),
    statuses: statuses.table.map(statusRow).join(', '),
    ownerField: toLiteral(owner?.name ?? ''),
  };
}

/** What no caller sets of any row, as the tests of every endpoint know. */
const usual = new Set(['id', 'createdAt', 'updatedAt', 'role']);

const matches: Record<Match, string> = {
  equals: 'equals',
  includes: 'includes',
  atLeast: 'at_least',
  atMost: 'at_most',
};
const outcomes = {
  restrict: 'keeps it',
  'set null': 'goes on without it',
  cascade: 'goes with it',
} as const;

/** A list of expressions as code; empty if there are none. */
const table = (rows: readonly string[]) => (rows.length === 0 ? '' : `[${rows.join(', ')}]`);
const list = (names: readonly string[]) => table(names.map(toLiteral));
const dictionary = (entries: readonly string[]) =>
  entries.length === 0 ? '' : `{${entries.join(', ')}}`;

const pairOf = ({ name, column }: ResourceField) =>
  `(${toLiteral(name)}, ${toLiteral(attributeName(column))})`;

const rowsOf = ({ name }: ResourceField, values: readonly SampleValue[]) =>
  values.map(({ which, value }) => `(${toLiteral(name)}, ${toLiteral(which)}, ${value})`);

const statusRow = ({ operation, statuses }: Statuses) =>
  `(${toLiteral(operation)}, ${statuses.join(', ')})`;

const ofText: ReadonlySet<string> = new Set(['string', 'email', 'url', 'enum']);

function sortRow({ name, column, type, unique, optional }: ResourceField): string {
  const more = [
    ...(ofText.has(type) ? ['wrong=1'] : []),
    ...(unique ? ['unique=True'] : []),
    ...(optional ? ['nullable=True'] : []),
  ];
  return `Sort(${[toLiteral(name), toLiteral(attributeName(column)), ...more].join(', ')})`;
}

/** Whether expressions use a name: what stands in their texts is none, but for what braces hold. */
function uses(expressions: readonly string[], name: RegExp): boolean {
  const codeOf = (expression: string) =>
    expression.replace(/f?"(?:[^"\\]|\\.)*"/g, (text) =>
      text.startsWith('f') ? (text.match(/\{[^}]*\}/g) ?? []).join(' ') : '',
    );
  return expressions.some((expression) => name.test(codeOf(expression)));
}
