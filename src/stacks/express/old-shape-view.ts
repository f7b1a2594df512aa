import type { Manifest } from '../../manifest/manifest.ts';
import { numericBounds } from '../../manifest/sizes.ts';
import {
  anyValueOf,
  type FieldPair,
  type ShapeDifference,
  shownValueOf,
} from '../endpoint/shape-difference.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { filtersOf } from './filters.ts';
import type { viewOf } from './resource-view.ts';
import { sampleOf } from './samples.ts';

const numeric = ['integer', 'number'];
const isWritable = (field: ResourceField) => !field.readonly;
const literalOf = ({ value }: ReturnType<typeof shownValueOf>) =>
  value !== null && typeof value === 'object'
    ? JSON.stringify(value)
    : value === null
      ? 'null'
      : toLiteral(value);

/** What the files of an endpoint name that an old version has in another shape. */
export function oldShapeView(
  { basePath }: Manifest,
  { old, pairs, added }: ShapeDifference,
  { can }: ReturnType<typeof viewOf>,
) {
  const sent = pairs.filter((pair) => isWritable(pair.old) && isWritable(pair.now));
  const filled = added
    .filter(isWritable)
    .filter((field) => !field.optional && field.default === undefined);
  // A field of now that this version never sends, and that must have a value when a row is made.
  const unsent = pairs
    .filter((pair) => !isWritable(pair.old) && isWritable(pair.now))
    .map((pair) => pair.now);
  const needed = [
    ...filled,
    ...unsent.filter((field) => !field.optional && field.default === undefined),
  ];
  const isKnown = (field: ResourceField) => anyValueOf(field) !== undefined;
  const shown = old.fields.filter((field) => !field.private);
  const pairOf = (field: ResourceField) => pairs.find((pair) => pair.old === field);
  const renamed = pairs.filter((pair) => pair.old.name !== pair.now.name);
  const filters = renamed.filter(({ old: field }) => field.filter && can.list).flatMap(paramsOf);
  const orders = renamed.filter(({ old: field }) => field.sort && can.list);
  const patch = sent.find(
    ({ old: field }) => field.type !== 'ref' && !field.unique && !field.private,
  );
  const samples = old.fields.filter(isWritable).map((field) => {
    const pair = sent.find((each) => each.old === field);
    return { name: field.name, value: pair ? sampleOfPair(pair) : sampleOf(field) };
  });
  const texts = samples.map(({ value }) => value).join(' ');
  const parents = parentsOf(old.fields.filter(isWritable));
  const filtered = filterTest(filters, renamed);
  const isCreatable = needed.every(isKnown);
  const tables = pairs.filter(needsTable);
  return {
    nowPath: basePath,
    sent: sent.map((pair) => ({ name: pair.now.name, value: sentValue(pair) })),
    filled: needed.filter(isKnown).map((field) => ({
      name: field.name,
      value: literalOf(anyValueOf(field) ?? { value: '' }),
    })),
    shown: shown.map((field) => ({ name: field.name, value: shownValue(field, pairOf(field)) })),
    tables: tables.map(tableOf),
    enumsOfMapping: pairs
      .filter((pair) => pair.old.type === 'enum' && pair.now.type !== 'enum' && !pair.now.private)
      .map((pair) => `${pair.old.name}Values`)
      .join(', '),
    filterNames: filters.length > 0,
    takenParams: filters.map((each) => each.old).join(', '),
    givenParams: [
      ...filters.map((each) => `${each.now}: ${each.old}`),
      ...(orders.length > 0 ? ['sortBy: orders[query.sortBy]'] : []),
    ].join(', '),
    created: needed.some(isKnown) ? '{ ...filled, ...toValues(values) }' : 'toValues(values)',
    orders: orders.map((pair) => ({ old: pair.old.name, now: pair.now.name })),
    sameOrders: [
      'createdAt',
      ...old.fields
        .filter((field) => field.sort && !orders.some((pair) => pair.old === field))
        .map(({ name }) => name),
    ],
    renamed: renamed.map((pair) => ({ old: pair.old.name, now: pair.now.name })),
    changesSchema: can.update
      ? `patch${old.names.Singular}`
      : `replace${old.names.Singular}.partial()`,
    isRenamed: renamed.length > 0,
    documented: `/${old.names.path}${can.collection ? '' : '/{id}'}`,
    answersRows: can.list || can.get || can.write,
    testsCreate: can.create && isCreatable && can.get,
    patch: can.update && can.get && patch ? { old: patch.old.name, now: patch.now.name } : false,
    taken:
      can.create && isCreatable
        ? (sent.find((pair) => pair.old.unique && pair.now.unique && pair.old.type !== 'ref')?.old
            .name ?? false)
        : false,
    missing: can.create ? requiredOf(old.fields.filter(isWritable)) : '',
    usesUrl: can.get || can.list || can.create,
    usesNewest: can.get || filtered !== false,
    unknown: can.create
      ? (renamed
          .map((pair) => pair.now)
          .find((field) => isWritable(field) && !old.fields.some(({ name }) => name === field.name))
          ?.name ?? false)
      : false,
    filterTest: filtered,
    usesDb: parents.length > 0,
    shapeParents: parents,
    samples,
    bodyCount: /\b(count|serial|day)\b/.test(texts),
    bodySerial: /\bserial\b/.test(texts),
    bodyDay: /\bday\b/.test(texts),
  };
}

/** The parameters of a list for a field, and what they are called now. */
function paramsOf(pair: FieldPair): { old: string; now: string }[] {
  const [before, after] = [pair.old, pair.now].map((field) =>
    filtersOf([field]).map(({ param }) => param),
  );
  return (before ?? []).flatMap((old, at) => {
    const now = after?.[at];
    return now === undefined ? [] : [{ old, now }];
  });
}

function filterTest(filters: { old: string; now: string }[], renamed: FieldPair[]) {
  const tested = filters.find((each) =>
    renamed.some(
      (pair) =>
        pair.old.name === each.old &&
        ['string', 'enum', 'integer'].includes(pair.old.type) &&
        !pair.old.list,
    ),
  );
  const column = renamed.find((pair) => pair.old.name === tested?.old)?.now.column;
  return tested && column !== undefined ? { param: tested.old, column } : false;
}

const requiredOf = (fields: ResourceField[]) =>
  fields
    .filter((field) => !field.optional && field.default === undefined)
    .map(({ name }) => name)
    .sort()
    .map(toLiteral)
    .join(', ');

/** Values of both fields: within the bounds and among the values of each. */
function sampleOfPair(pair: FieldPair): string {
  const { old, now } = pair;
  if (old.type === 'enum' && now.type === 'enum') {
    const both = old.values.find((value) => now.values.includes(value));
    return old.list ? `[${toLiteral(both ?? '')}]` : toLiteral(both ?? '');
  }
  if (old.type !== now.type && !['string', 'text'].includes(now.type)) {
    const sample = sampleOf({ ...now, name: old.name });
    return numeric.includes(now.type) && old.type !== now.type ? `String(${sample})` : sample;
  }
  const [one, other] = [numericBounds(old), numericBounds(now)];
  const bound = (pick: (...all: number[]) => number, ...all: (number | undefined)[]) => {
    const known = all.flatMap((each) => each ?? []);
    return known.length === 0 ? undefined : pick(...known);
  };
  if (old.type === 'time') return sampleOf({ ...now, name: old.name });
  return sampleOf({
    ...old,
    min: bound(Math.max, one.min, other.min),
    max: bound(Math.min, one.max, other.max),
  });
}

const parentsOf = (fields: ResourceField[]) => {
  const all = fields.flatMap(({ parent, circular }) => (parent && !circular ? [parent.names] : []));
  return [...new Map(all.map((names) => [names.plural, names])).values()].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
};

/** What this version sends, as a value of now: the schema of now checks it again. */
function sentValue({ old, now }: FieldPair): string {
  const value = `values.${old.name}`;
  const convert = converter(old, now);
  const nulls = old.optional && !now.optional ? anyValueOf(now) : undefined;
  if (convert === undefined)
    return nulls ? `${value} === null ? ${literalOf(nulls)} : ${value}` : value;
  const whole = old.list ? `${value}.map(${convert})` : `${convert}(${value})`;
  if (!old.optional) return `${value} === undefined ? undefined : ${whole}`;
  const none = nulls ? literalOf(nulls) : 'null';
  return `${value} === undefined ? undefined : ${value} === null ? ${none} : ${whole}`;
}

/** What this version shows of a row of now. */
function shownValue(field: ResourceField, pair: FieldPair | undefined): string {
  const none = literalOf(shownValueOf(field));
  if (pair === undefined || pair.now.private) return none;
  const value = `row.${pair.now.name}`;
  const one = shownItem(pair);
  const whole = field.list ? `${value}.map((each) => ${one('each')})` : one(value);
  const isSame = one(value) === value;
  if (!pair.now.optional) return isSame ? value : whole;
  if (field.optional) return isSame ? value : `${value} === null ? null : ${whole}`;
  return isSame ? `${value} ?? ${none}` : `${value} === null ? ${none} : ${whole}`;
}

function shownItem(pair: FieldPair): (value: string) => string {
  const { old, now } = pair;
  const convert = converter(now, old);
  if (needsTable(pair)) return (value) => `${old.name}Of[${value}]`;
  if (old.type === 'enum' && now.type !== 'enum') {
    const none = literalOf(shownValueOf({ ...old, list: false, optional: false }));
    return (value) => `${old.name}Values.find((known) => known === ${value}) ?? ${none}`;
  }
  return (value) => (convert === undefined ? value : `${convert}(${value})`);
}

/** Whether values of now are not all known to this version. */
const needsTable = ({ old, now }: FieldPair) =>
  old.type === 'enum' &&
  now.type === 'enum' &&
  !now.private &&
  !old.private &&
  now.values.some((value) => !old.values.includes(value));

function tableOf({ old, now }: FieldPair) {
  const none = literalOf(shownValueOf({ ...old, list: false, optional: false }));
  return {
    name: old.name,
    members: now.values.map((value) => ({
      key: /^[A-Za-z_]\w*$/.test(value) ? value : toLiteral(value),
      value: old.values.includes(value) ? toLiteral(value) : none,
    })),
  };
}

/** The function that turns one type into another; undefined where they are written alike. */
function converter(from: ResourceField, to: ResourceField): string | undefined {
  const [isNumber, becomesNumber] = [numeric.includes(from.type), numeric.includes(to.type)];
  if (isNumber && !becomesNumber) return 'String';
  return becomesNumber && !isNumber ? 'Number' : undefined;
}
