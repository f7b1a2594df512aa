import { maxLength } from '../../manifest/sizes.ts';
import type { ResourceField } from '../resource.ts';
import { columnType } from './sql.ts';
import { type Cut, kindOf, type Way, ways, widest } from './ways.ts';

export type Conversion = {
  /** The expression that makes a value of the new type; undefined where the column does by itself. */
  using: ((column: string) => string) | undefined;
  loses: string | undefined;
  /** What a value is that cannot be converted. */
  stops: string | undefined;
  /** The most characters of a text, where there may be more. */
  longest: number | undefined;
  cuts: Cut | undefined;
  /** Of the first item of an empty list nothing is left. */
  makesNulls: boolean;
};

/** How the values of a column become those of another; undefined where they cannot. */
export function conversionOf(before: ResourceField, after: ResourceField): Conversion | undefined {
  if (after.parent && before.parent && after.parent.names.table !== before.parent.names.table)
    return undefined;
  if (before.list && after.type === 'json') return listToJson;
  if (before.type === 'json' && after.list) return undefined;
  const [from, to] = [kindOf(before), kindOf(after)];
  const way = ways[from][to];
  if (way === undefined) return undefined;
  const using = expressionOf(way, before, after);
  if (using === undefined) return undefined;
  const isLong = to === 'text' && isLonger(before, after);
  return {
    using: before.list === after.list && way.casts?.length === 0 ? undefined : using,
    loses: before.list && !after.list ? 'keeps only the first of its values' : way.loses,
    stops: way.stops,
    longest: isLong ? limitOf(after) : undefined,
    cuts: way.cuts,
    makesNulls: before.list && !after.list,
  };
}

const listToJson: Conversion = {
  using: (column) => `to_jsonb(${column})`,
  loses: undefined,
  stops: undefined,
  longest: undefined,
  cuts: undefined,
  makesNulls: false,
};

function expressionOf(
  { casts, using }: Way,
  before: ResourceField,
  after: ResourceField,
): Conversion['using'] {
  const item = using ?? ((value) => [value, ...(casts ?? [])].join('::'));
  if (before.list && after.list) {
    return casts && ((column) => [column, ...casts.map((type) => `${type}[]`)].join('::'));
  }
  if (before.list) return (column) => item(`${column}[1]`);
  if (!after.list) return item;
  const asList = (column: string) => `array[${item(column)}]`;
  if (!before.optional) return asList;
  return (column) => `case when ${column} is not null then ${asList(column)} end`;
}

function isLonger(before: ResourceField, after: ResourceField): boolean {
  const limit = limitOf(after);
  if (limit === undefined) return false;
  const kind = kindOf(before);
  const length = kind === 'text' ? textLength(before) : widest[kind];
  return length === undefined || length > limit;
}

function textLength(field: ResourceField): number | undefined {
  return field.type === 'enum'
    ? Math.max(...field.values.map((value) => value.length))
    : limitOf(field);
}

/** The characters that a column holds; undefined where it holds any number of them. */
function limitOf(field: ResourceField): number | undefined {
  return columnType(field).startsWith('varchar') ? maxLength(field) : undefined;
}
