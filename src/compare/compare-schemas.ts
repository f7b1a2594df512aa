import type { Operation, RawSchema } from './document.ts';
import type { Direction } from './shape-rules.ts';
import { shapeRules } from './shape-rules.ts';
import type { Shape } from './shapes.ts';
import { isAny, shapesOf } from './shapes.ts';

/** A change that breaks clients, `at` a place such as `data[].title` of what is compared. */
export type Found = { rule: string; subject: string; what: string; whom: string; at: string };

type Document = Pick<Operation, 'find'>;

export type Compared = { before: Document; after: Document; direction: Direction };

type Place = { at: string; subject: string; above: readonly Pair[] };
type Pair = { before: RawSchema; after: RawSchema };

/** What breaks clients between two schemas of what is called `subject`. */
export function compareSchemas(pair: Pair, compared: Compared, subject: string): Found[] {
  return compare(pair, compared, { at: '', subject, above: [] });
}

/** Each shape that may come has to fit into one that was expected, and breaks least there. */
function compare(pair: Pair, compared: Compared, place: Place): Found[] {
  const isAbove = ({ before, after }: Pair) => before === pair.before && after === pair.after;
  if (place.above.some(isAbove)) return [];
  const before = shapesOf(pair.before, compared.before.find);
  const after = shapesOf(pair.after, compared.after.find);
  const isRequest = compared.direction === 'request';
  const [come, expected] = isRequest ? [before, after] : [after, before];
  const below = { ...place, above: [...place.above, pair] };
  return come.flatMap((shape) => {
    const found = expected
      .filter((each) => fits(shape, each))
      .map((each) => compareShapes(isRequest ? [shape, each] : [each, shape], compared, below));
    const [least] = found.sort((one, other) => one.length - other.length);
    return least ?? [ofType(shape, compared.direction, place)];
  });
}

const fits = ({ type }: Shape, expected: Shape) =>
  type === expected.type || isAny(expected) || (type === 'integer' && expected.type === 'number');

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number with a fraction',
  boolean: 'a boolean',
  object: 'an object',
  array: 'an array',
};

function ofType({ type }: Shape, direction: Direction, { at, subject }: Place): Found {
  const name = NAMES[type] ?? type;
  return direction === 'request'
    ? {
        ...{ rule: 'request-type-removed', subject, at },
        what: `does not take ${name} any more`,
        whom: 'clients that send it',
      }
    : {
        ...{ rule: 'answer-type-added', subject, at },
        what: `may be ${name} now`,
        whom: 'clients that do not expect it',
      };
}

function compareShapes([before, after]: [Shape, Shape], compared: Compared, place: Place): Found[] {
  if (isAny(compared.direction === 'request' ? after : before)) return [];
  const found = shapeRules
    .filter(({ direction }) => direction === compared.direction)
    .flatMap(({ name, whom, find }) =>
      find(before, after).map(({ property, what }) => {
        const { at, subject } = property === undefined ? place : within(place, property);
        return { rule: name, subject, what, whom, at };
      }),
    );
  const common = [...before.properties].flatMap(([property, schema]) => {
    const pair = { before: schema, after: after.properties.get(property) };
    return pair.after === undefined ? [] : compare(pair, compared, within(place, property));
  });
  const items = { before: before.items, after: after.items };
  const others = { before: before.others, after: after.others };
  const hasOthers = typeof others.before === 'object' && typeof others.after === 'object';
  return [
    ...found,
    ...common,
    ...(before.type === 'array' ? compare(items, compared, { ...place, at: `${place.at}[]` }) : []),
    ...(hasOthers ? compare(others, compared, { ...place, at: `${place.at}.*` }) : []),
  ];
}

function within({ at, above }: Place, property: string): Place {
  return { at: at === '' ? property : `${at}.${property}`, subject: property, above };
}
