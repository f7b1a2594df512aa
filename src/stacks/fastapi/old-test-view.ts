import { parentsOf } from '../endpoint/parents.ts';
import type { ShapeDifference } from '../endpoint/shape-difference.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName, moduleName } from '../python/names.ts';
import type { ResourceField } from '../resource.ts';
import { readPairs, samePairs, writtenPairs } from './old-mapping.ts';
import { capacityOf, sampleOf } from './sample-values.ts';
import { testView } from './test-view.ts';

const attributeOf = ({ column }: ResourceField) => attributeName(column);
const pairOf = (one: string, other: string) => `(${toLiteral(one)}, ${toLiteral(other)})`;
const table = (rows: readonly string[]) => (rows.length === 0 ? '' : `[${rows.join(', ')}]`);

/** What only the tests of an endpoint of an old version name. */
export function oldTestView(difference: ShapeDifference, basePath: string) {
  const { old, now } = difference;
  const same = samePairs(difference);
  const asStored = new Map(same.map((pair) => [pair.old, pair.now]));
  const sampled = old.fields.map((field) => common(field, asStored.get(field)));
  const own = testView({ ...old, fields: sampled }, basePath, []);
  // Lists and unique values are told by the columns of now, where both versions take each value.
  const stored = testView(
    {
      ...old,
      fields: same
        .filter((pair) => isAlike(pair.old, pair.now))
        .map((pair) => ({ ...pair.old, column: pair.now.column, unique: pair.now.unique })),
    },
    basePath,
    [],
  );
  const writable = old.fields.filter((field) => !field.readonly);
  const simple = writtenPairs(difference).filter(
    (pair) => pair.conversion.code === 'value' && isAlike(pair.old, pair.now) && !pair.old.private,
  );
  // Not each value of these can be mapped.
  const others = readPairs(difference).filter(
    (pair) => !simple.some(({ old }) => old === pair.old),
  );
  const most = Math.min(5, ...now.fields.map(capacityOf));
  const samples = others.map((pair) => ({
    attribute: attributeOf(pair.now),
    value: pair.now.type === 'ref' ? 'None' : sampleOf(pair.now),
  }));
  return {
    most: most < 5 && most,
    body: own.samples.filter((_sample, at) => old.fields[at]?.readonly !== true),
    usesNumber: own.usesNumber,
    usesSerial: own.usesSerial,
    usesDay: own.usesDay,
    sampleParents: parentsOf(writable)
      .filter(({ table }) => table !== now.names.table)
      .map(({ table, column }) => ({ module: moduleName(table), column })),
    gone: table(
      writable
        .filter((field) => !field.private && !asStored.has(field))
        .map(({ name }) => toLiteral(name)),
    ),
    changed: table(
      same
        .filter((pair) => !pair.old.owner)
        .map((pair) => pairOf(pair.old.name, attributeOf(pair.now))),
    ),
    sorts: stored.sortCases,
    filters: stored.filterCases,
    searched: stored.searched,
    uniques: stored.uniques,
    references: table(
      same.filter((pair) => pair.now.type === 'ref').map((pair) => toLiteral(pair.old.name)),
    ),
    required: own.required,
    fallbacks: own.fallbacks,
    wrongs: own.wrongs,
    serverSet: own.serverSet,
    secrets: own.secrets,
    values: simple.map((pair, at) => ({
      old: attributeOf(pair.old),
      now: attributeOf(pair.now),
      value: toLiteral(`value ${at + 1}`),
    })),
    dropped: writable
      .filter((field) => !writtenPairs(difference).some((pair) => pair.old === field))
      .map((field) => ({ attribute: attributeOf(field) })),
    samples,
    samplesUse: usesOf(samples.map(({ value }) => value)),
  };
}

/** Whether each value of one is a value of the other as well. */
const isAlike = (one: ResourceField, other: ResourceField) =>
  one.type === other.type && one.list === other.list && one.values.join() === other.values.join();

/** A field whose samples both versions take. */
function common(old: ResourceField, now: ResourceField | undefined): ResourceField {
  if (now === undefined || now.type === 'json') return old;
  const isNarrower = old.type === 'string' || old.type === 'text';
  const values = old.values.filter((value) => now.values.includes(value));
  return {
    ...(isNarrower ? { ...now, name: old.name, column: old.column } : old),
    optional: old.optional,
    default: old.default,
    unique: old.unique,
    private: old.private,
    readonly: old.readonly,
    min: larger(old.min, now.min),
    max: smaller(old.max, now.max),
    values: values.length === 0 ? old.values : values,
  };
}

type Bound = ResourceField['min'];

const order = (one: NonNullable<Bound>, other: NonNullable<Bound>) =>
  Number.isNaN(Number(one)) ? one > other : Number(one) > Number(other);
const larger = (one: Bound, other: Bound): Bound =>
  one === undefined || (other !== undefined && order(other, one)) ? other : one;
const smaller = (one: Bound, other: Bound): Bound =>
  one === undefined || (other !== undefined && order(one, other)) ? other : one;

const usesOf = (codes: readonly string[]) => {
  const all = codes.join(' ');
  return {
    number: /\b(number|serial|day)\b/.test(all),
    serial: /\bserial\b/.test(all),
    day: /\bday\b/.test(all),
  };
};
