import type { Reference } from './model.ts';
import type { Place, Point } from './place.ts';
import { head, row, rowAt } from './sizes.ts';

/** Straight pieces with bends between them, from the table that is referred to, to the column. */
export type Line = { reference: Reference; pieces: [Point, Point][] };

/** To the right, or to the left. */
type Way = 1 | -1;
type Span = { left: number; right: number };
type Draft = {
  reference: Reference;
  parent: Place;
  child: Place;
  way: Way;
  bends: readonly Point[];
  end: Point;
};

/** How far a line goes straight at its ends. */
const straight = 26;
/** How far the ends of two lines are from each other. */
const clear = 14;

/** The lines of references between tables that have their places; they cross no box. */
export function routeLines(
  places: readonly Place[],
  passing: ReadonlyMap<Reference, readonly Point[]>,
): Line[] {
  const spans = spansOf(places);
  const byName = new Map(places.map((place) => [place.table.name, place]));
  const drafts = [...passing].flatMap(([reference, bends]): Draft[] => {
    const [parent, child] = [byName.get(reference.to), byName.get(reference.from)];
    if (parent === undefined || child === undefined) return [];
    const way = parent === child || middleOf(child) > middleOf(parent) ? 1 : -1;
    const y = child.y + rowAt(child.table, reference.column);
    const end = { x: edgeOf(child, parent !== child && way < 0), y };
    return [{ reference, parent, child, way, bends, end }];
  });
  return drafts.map((draft) =>
    draft.parent === draft.child ? loop(draft, drafts) : path(draft, drafts, spans),
  );
}

function path(draft: Draft, drafts: readonly Draft[], spans: ReadonlyMap<number, Span>): Line {
  const { reference, parent, child, way, bends, end } = draft;
  const start = { x: edgeOf(parent, way > 0), y: startOf(draft, drafts) };
  const spanAt = (x: number) => spans.get(Math.round(x));
  const sideAt = (x: number, isRight: boolean, usual: number) => {
    const span = spanAt(x);
    return (isRight ? span?.right : span?.left) ?? usual;
  };
  const leaves = sideAt(middleOf(parent), way > 0, start.x) + way * straight;
  const arrives = sideAt(middleOf(child), way < 0, end.x) - way * straight;
  const passes = bends.flatMap(({ x, y }): [Point, Point][] => {
    const span = spanAt(x);
    if (span === undefined) return [];
    const [first, last] = way > 0 ? [span.left, span.right] : [span.right, span.left];
    const at = Math.round(y);
    return [
      [
        { x: first, y: at },
        { x: last, y: at },
      ],
    ];
  });
  return {
    reference,
    pieces: [[start, { x: leaves, y: start.y }], ...passes, [{ x: arrives, y: end.y }, end]],
  };
}

/** Of several lines at one side of a box each has its own height, so that they cross seldom. */
function startOf(draft: Draft, drafts: readonly Draft[]): number {
  const { parent, way } = draft;
  const aimOf = ({ bends: [bend], end }: Draft) => bend?.y ?? end.y;
  const beside = drafts
    .filter((each) => each.parent === parent && each.child !== parent && each.way === way)
    .sort((one, other) => aimOf(one) - aimOf(other));
  const share = (beside.indexOf(draft) + 1) / (beside.length + 1);
  const arriving = drafts.filter(
    ({ child, end }) => child === parent && end.x === edgeOf(parent, way > 0),
  );
  let at = Math.round(parent.y + parent.height * share);
  while (arriving.some(({ end }) => Math.abs(end.y - at) < clear)) at += clear;
  return at;
}

/**
 * From the head of the box, or the id below it, to one of its own rows, at the side where no line
 * leaves. Each line encloses those to the rows above, so that none crosses another.
 */
function loop({ reference, parent, end }: Draft, drafts: readonly Draft[]): Line {
  const own = drafts.filter((each) => each.parent === parent && each.child === parent);
  const at = own.findIndex((each) => each.reference === reference);
  const start = { x: end.x, y: parent.y + ((head + row) * (own.length - at)) / (own.length + 1) };
  const turn = end.x - straight - 8 * at;
  return {
    reference,
    pieces: [
      [start, { x: turn, y: start.y }],
      [{ x: turn, y: end.y }, end],
    ],
  };
}

/** From where to where the boxes reach that stand above each other, by their middle. */
function spansOf(places: readonly Place[]): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (const place of places) {
    const at = Math.round(middleOf(place));
    const { left, right } = spans.get(at) ?? { left: place.x, right: place.x };
    spans.set(at, {
      left: Math.min(left, place.x),
      right: Math.max(right, place.x + place.width),
    });
  }
  return spans;
}

const middleOf = ({ x, width }: Place) => x + width / 2;
const edgeOf = ({ x, width }: Place, isRight: boolean) => (isRight ? x + width : x);
