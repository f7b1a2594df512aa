import { hasFallback } from '../endpoint/capabilities.ts';
import { filtersOf, type Match } from '../endpoint/filters.ts';
import type { FieldPair, ShapeDifference } from '../endpoint/shape-difference.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import type { ResourceField } from '../resource.ts';
import { anyCode, convert, goneCode, needsTable, tableOf } from './old-values.ts';
import { prefixes } from './parameters.ts';

const attributeOf = ({ column }: ResourceField) => attributeName(column);
const tableName = (age: 'OLD' | 'NEW', { column }: ResourceField) =>
  `_${age}_${column.toUpperCase()}`;

/** What a caller may send in both versions, with how its value is stored now. */
export function writtenPairs({ pairs }: ShapeDifference) {
  return pairs.flatMap(({ old, now }) => {
    if (old.readonly || now.readonly) return [];
    const conversion = convert(old, now, 'value', tableName('NEW', old));
    return conversion === undefined ? [] : [{ old, now, conversion }];
  });
}

/** What an old row has of a row of now; undefined where nothing says it. */
export function readPairs({ pairs }: ShapeDifference) {
  return pairs.flatMap(({ old, now }) => {
    if (old.private || now.private) return [];
    const conversion = convert(now, old, `row.${attributeOf(now)}`, tableName('OLD', old));
    return conversion === undefined ? [] : [{ old, now, conversion }];
  });
}

/** Everything that the module names that maps an endpoint of an old version. */
export function mappingView(difference: ShapeDifference) {
  const { old, now, pairs } = difference;
  const written = writtenPairs(difference);
  const read = new Map(readPairs(difference).map(({ old, conversion }) => [old, conversion]));
  const stored = new Set(written.map((pair) => pair.now));
  const enums = pairs.filter(({ old, now }) => needsTable(old, now) || needsTable(now, old));
  return {
    names: pairs
      .filter((pair) => pair.old.name !== pair.now.name)
      .map((pair) => ({ now: toLiteral(pair.now.name), old: toLiteral(pair.old.name) })),
    /** What has to be there in a new row, and what an old version cannot send. */
    fills: now.fields
      .filter((field) => !field.readonly && !hasFallback(field) && !stored.has(field))
      .flatMap((field) => {
        const value = anyCode(field);
        return value === undefined ? [] : [{ attribute: attributeOf(field), value }];
      }),
    written: written.map((pair) => ({
      old: attributeOf(pair.old),
      now: attributeOf(pair.now),
    })),
    conversions: written
      .filter(({ conversion }) => conversion.code !== 'value')
      .map((pair) => ({
        attribute: attributeOf(pair.old),
        function: functionOf(pair.conversion.code),
      })),
    tables: enums.flatMap(({ old, now }) => [
      ...(needsTable(old, now) ? [tableOf(old, now, tableName('NEW', old))] : []),
      ...(needsTable(now, old) ? [tableOf(now, old, tableName('OLD', old))] : []),
    ]),
    row: old.fields
      .filter((field) => !field.private)
      .map((field) => ({
        attribute: attributeOf(field),
        code: read.get(field)?.code ?? goneCode(field),
      })),
    ...queryView(difference),
  };
}

/** A conversion of `value` as a function; a call of one is no function of its own. */
const functionOf = (code: string) => /^(\w+)\(value\)$/.exec(code)?.[1] ?? `lambda value: ${code}`;

/** How a list of an old version is asked for now. */
function queryView({ old, pairs, now }: ShapeDifference) {
  const partners = new Map(pairs.map((pair) => [pair.old, pair.now]));
  const nested = old.under?.filter ? old.under : undefined;
  const nowOf = (field: ResourceField) => partners.get(field) ?? field;
  const parameters = filtersOf(old.fields).map(({ field, match }) => ({
    old: parameterOf(field, match),
    now: parameterOf(nowOf(field), match),
    isOwn: field === nested && match === 'equals',
  }));
  const sorts = old.fields.filter(({ sort }) => sort);
  return {
    parameters,
    nestedParameters: parameters.filter(({ isOwn }) => !isOwn),
    isSearched: old.fields.some(({ search }) => search),
    renamesSorts: sorts.some((field) => field.name !== nowOf(field).name),
    sorts: ['createdAt', ...sorts.map(({ name }) => name)].map((name) => {
      const field = sorts.find((each) => each.name === name);
      return { old: toLiteral(name), now: toLiteral(field ? nowOf(field).name : name) };
    }),
    isByCursor: now.pagination === 'cursor',
  };
}

const parameterOf = (field: ResourceField, match: Match) =>
  `${prefixes[match]}${attributeOf(field)}`;

/** Fields of both versions whose values are the same in both. */
export const samePairs = (difference: ShapeDifference): FieldPair[] => {
  const read = new Map(readPairs(difference).map(({ old, conversion }) => [old, conversion]));
  return writtenPairs(difference).filter(
    ({ old, conversion }) => conversion.kind !== 'lossy' && read.get(old)?.kind !== 'lossy',
  );
};
