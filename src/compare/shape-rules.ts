import type { Bound, Shape } from './shapes.ts';
import { LOWER, UPPER } from './shapes.ts';

/** Clients send requests and read answers: what may change is the opposite of each other. */
export type Direction = 'request' | 'answer';

/** What is found of a value, or of one of its properties. */
type Found = { property?: string; what: string };

/** One way to break clients by a change between two shapes of the same type. */
export type ShapeRule = {
  name: string;
  direction: Direction;
  /** Whom it breaks. */
  whom: string;
  find(before: Shape, after: Shape): Found[];
};

export const shapeRules: readonly ShapeRule[] = [
  {
    name: 'request-property-removed',
    direction: 'request',
    whom: 'clients that send it',
    find: (before, after) =>
      removed(before, after).map((property) => ({ property, what: 'is not taken any more' })),
  },
  {
    name: 'request-property-required',
    direction: 'request',
    whom: 'clients that leave it out',
    find: (before, after) =>
      [...after.required]
        .filter((property) => !before.required.has(property))
        .map((property) => ({ property, what: 'is required now' })),
  },
  {
    name: 'request-other-properties-refused',
    direction: 'request',
    whom: 'clients that send others',
    find: (before, after) =>
      when(before.others !== false && after.others === false, 'takes only the fields it names now'),
  },
  {
    name: 'request-value-removed',
    direction: 'request',
    whom: 'clients that send it',
    find: (before, after) =>
      without(before.values, after.values).map((value) => ({
        what: `does not take ${value} any more`,
      })),
  },
  {
    name: 'request-values-limited',
    direction: 'request',
    whom: 'clients that send other values',
    find: ({ values: before }, { values: after }) =>
      before === undefined && after !== undefined
        ? [{ what: `takes only ${textOf(after)} now` }]
        : [],
  },
  {
    name: 'request-bound-narrowed',
    direction: 'request',
    whom: 'clients that send values beyond it',
    find: (before, after) =>
      [...LOWER, ...UPPER].flatMap((bound) => narrowed(bound, before, after)),
  },
  {
    name: 'request-pattern-added',
    direction: 'request',
    whom: 'clients that send other values',
    find: (before, after) =>
      without(after.patterns, before.patterns)
        .filter((pattern) => ![...before.patterns].some((each) => isWider(pattern, each)))
        .map((pattern) => ({ what: `has to match \`${pattern}\` now` })),
  },
  {
    name: 'request-format-added',
    direction: 'request',
    whom: 'clients that send other values',
    find: (before, after) =>
      without(after.formats, before.formats).map((format) => ({
        what: `has to have the format ${format} now`,
      })),
  },
  {
    name: 'answer-property-removed',
    direction: 'answer',
    whom: 'clients that read it',
    find: (before, after) =>
      removed(before, after).map((property) => ({ property, what: 'is not sent any more' })),
  },
  {
    name: 'answer-property-optional',
    direction: 'answer',
    whom: 'clients that rely on it',
    find: (before, after) =>
      [...before.required]
        .filter((property) => after.properties.has(property) && !after.required.has(property))
        .map((property) => ({ property, what: 'may be left out now' })),
  },
  {
    name: 'answer-value-added',
    direction: 'answer',
    whom: 'clients that know only the earlier values',
    find: (before, after) =>
      without(after.values, before.values).map((value) => ({ what: `may be ${value} now` })),
  },
  {
    name: 'answer-values-unlimited',
    direction: 'answer',
    whom: 'clients that know only the earlier values',
    find: (before, after) =>
      before.values === undefined || after.values !== undefined
        ? []
        : [{ what: `may be another value than ${textOf(before.values)} now` }],
  },
  {
    name: 'answer-format-removed',
    direction: 'answer',
    whom: 'clients that read it as such',
    find: (before, after) =>
      without(before.formats, after.formats).map((format) => ({
        what: `has not the format ${format} any more`,
      })),
  },
];

const when = (isTrue: boolean, what: string): Found[] => (isTrue ? [{ what }] : []);

const textOf = (values: ReadonlySet<string>) => [...values].join(', ');

/** What one set has and the other has not, if there are both. */
function without(
  one: ReadonlySet<string> | undefined,
  other: ReadonlySet<string> | undefined,
): string[] {
  return one && other ? [...one].filter((each) => !other.has(each)) : [];
}

/** A schema of other properties, where there is one, has the property still. */
function removed(before: Shape, after: Shape): string[] {
  if (typeof after.others === 'object') return [];
  return [...before.properties.keys()].filter((property) => !after.properties.has(property));
}

const words: Record<Bound, (bound: number) => string> = {
  minLength: (bound) => `a length of at least ${bound}`,
  maxLength: (bound) => `a length of at most ${bound}`,
  minItems: (bound) => `at least ${bound} items`,
  maxItems: (bound) => `at most ${bound} items`,
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  exclusiveMinimum: (bound) => `more than ${bound}`,
  exclusiveMaximum: (bound) => `less than ${bound}`,
};

/** What holds without being said. */
const NATURAL: Partial<Record<Bound, number>> = { minLength: 0, minItems: 0 };

function narrowed(bound: Bound, before: Shape, after: Shape): Found[] {
  const [earlier, limit] = [before.bounds[bound] ?? NATURAL[bound], after.bounds[bound]];
  if (limit === undefined || earlier === limit) return [];
  const isLower = LOWER.some((each) => each === bound);
  if (earlier !== undefined && isLower === earlier > limit) return [];
  const said = before.bounds[bound] === undefined ? '' : ` (before: ${earlier})`;
  return [{ what: `takes ${words[bound](limit)} now${said}` }];
}

/** A pattern with one more alternative matches all that it did. */
const isWider = (pattern: string, earlier: string) =>
  pattern.endsWith(`|${earlier}`) && !pattern.endsWith(`\\|${earlier}`);
