import * as z from 'zod';
import type { RawSchema } from './document.ts';

const list = z.array(z.unknown()).optional();
const number = z.number().optional();
const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: list,
  const: z.unknown().optional(),
  anyOf: list,
  oneOf: list,
  allOf: list,
  format: z.string().optional(),
  pattern: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  minLength: number,
  maxLength: number,
  minItems: number,
  maxItems: number,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
});

export const LOWER = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'] as const;
export const UPPER = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'] as const;
export type Bound = (typeof LOWER)[number] | (typeof UPPER)[number];

/** Values of one type, and what they have to be beyond it. A schema takes one or more of them. */
export type Shape = {
  type: string;
  values: ReadonlySet<string> | undefined;
  formats: ReadonlySet<string>;
  patterns: ReadonlySet<string>;
  bounds: Readonly<Partial<Record<Bound, number>>>;
  properties: ReadonlyMap<string, RawSchema>;
  required: ReadonlySet<string>;
  items: RawSchema;
  /** The schema of other properties: false where none is taken. */
  others: RawSchema;
};

const ANY = 'any value';
const anything: Shape = {
  type: ANY,
  values: undefined,
  formats: new Set(),
  patterns: new Set(),
  bounds: {},
  properties: new Map(),
  required: new Set(),
  items: true,
  others: true,
};

export const isAny = ({ type }: Shape) => type === ANY;

/** The shapes that a schema takes, with its references, unions and intersections resolved. */
export function shapesOf(raw: RawSchema, find: (reference: string) => unknown): Shape[] {
  return read(raw, find, new Set());
}

function read(raw: RawSchema, find: (reference: string) => unknown, seen: Set<string>): Shape[] {
  if (raw === false) return [];
  const { data } = schema.safeParse(raw);
  if (data === undefined) return [anything];
  const within = (each: RawSchema) => read(each, find, seen);
  const parts = [own(data)];
  if (data.$ref !== undefined && !seen.has(data.$ref)) {
    parts.push(read(find(data.$ref), find, new Set([...seen, data.$ref])));
  }
  for (const union of [data.anyOf, data.oneOf]) if (union) parts.push(union.flatMap(within));
  for (const each of data.allOf ?? []) parts.push(within(each));
  return parts.reduce((one, other) => one.flatMap((shape) => bothOf(shape, other)));
}

type Read = z.infer<typeof schema>;

/** What a schema says itself. */
function own(data: Read): Shape[] {
  const values = 'const' in data ? [data.const] : data.enum;
  const types = [data.type ?? values?.map(typeOf) ?? impliedType(data)].flat();
  const bounds = [...LOWER, ...UPPER].flatMap((name) => {
    const bound = data[name];
    return bound === undefined ? [] : [[name, bound] as const];
  });
  return [...new Set(types)].map((type) => ({
    type,
    // There is only one null.
    values: type === 'null' ? undefined : values && valuesOf(values, type),
    formats: new Set(data.format === undefined ? [] : [data.format]),
    patterns: new Set(data.pattern === undefined ? [] : [data.pattern]),
    bounds: Object.fromEntries(bounds),
    properties: new Map(Object.entries(data.properties ?? {})),
    required: new Set(data.required),
    items: data.items ?? true,
    others: data.additionalProperties ?? true,
  }));
}

function impliedType({ properties, items }: Read): string {
  if (properties !== undefined) return 'object';
  return items === undefined ? ANY : 'array';
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function valuesOf(values: readonly unknown[], type: string): Set<string> {
  const isOf = (value: unknown) =>
    typeOf(value) === type || (typeof value === 'number' && type === 'integer');
  return new Set(values.filter(isOf).map((each) => JSON.stringify(each)));
}

/** What is of a shape and of one of the others as well. */
function bothOf(one: Shape, others: readonly Shape[]): Shape[] {
  return others.flatMap((other) => {
    const type = narrower(one.type, other.type);
    return type === undefined ? [] : [joined(one, other, type)];
  });
}

function narrower(one: string, other: string): string | undefined {
  if (one === other || other === ANY) return one;
  if (one === ANY) return other;
  const numbers = ['integer', 'number'];
  return numbers.includes(one) && numbers.includes(other) ? 'integer' : undefined;
}

function joined(one: Shape, other: Shape, type: string): Shape {
  const { values } = one;
  const common = values && other.values && new Set([...values].filter((v) => other.values?.has(v)));
  return {
    type,
    values: common ?? values ?? other.values,
    formats: new Set([...one.formats, ...other.formats]),
    patterns: new Set([...one.patterns, ...other.patterns]),
    bounds: { ...one.bounds, ...other.bounds },
    properties: new Map([...one.properties, ...other.properties]),
    required: new Set([...one.required, ...other.required]),
    items: one.items === true ? other.items : one.items,
    others: one.others === true ? other.others : one.others,
  };
}
