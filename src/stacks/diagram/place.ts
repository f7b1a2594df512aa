import { Graph, layout } from '@dagrejs/dagre';
import type { Model, Reference, Table } from './model.ts';
import { boxOf, channel, space } from './sizes.ts';

export type Point = { x: number; y: number };
export type Place = Point & { table: Table; width: number; height: number };

/** Tables that nothing leads to or from stand below the others, in rows of this width at least. */
const rowWidth = 1000;

/** Where the tables of a model stand, and by which points its references pass them. */
export function placeTables({ tables, references }: Model): {
  places: Place[];
  passing: Map<Reference, Point[]>;
} {
  const between = references.filter(({ from, to }) => from !== to);
  const linked = new Set(between.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: space, edgesep: 18, ranksep: channel });
  for (const table of tables) {
    const lines = between.filter(({ to }) => to === table.name).length;
    if (linked.has(table.name)) graph.setNode(table.name, boxOf(table, lines));
  }
  for (const { from, to, column } of between) graph.setEdge(to, from, {}, column);
  layout(graph);
  const together = tables
    .filter(({ name }) => linked.has(name))
    .map((table) => placeAround(table, graph.node(table.name)));
  const lone = tables.filter(({ name }) => !linked.has(name));
  return {
    places: [...together, ...placeBelow(lone, together)],
    passing: new Map(
      references.map((reference) => {
        const { from, to, column } = reference;
        if (from === to) return [reference, []];
        return [reference, graph.edge(to, from, column).points?.slice(1, -1) ?? []];
      }),
    ),
  };
}

function placeAround(
  table: Table,
  { x = 0, y = 0, width, height }: Partial<Point> & { width: number; height: number },
): Place {
  const [left, top] = [x - width / 2, y - height / 2].map(Math.round);
  return { table, x: left ?? 0, y: top ?? 0, width, height };
}

function placeBelow(tables: readonly Table[], above: readonly Place[]): Place[] {
  const most = (values: number[]) => Math.max(0, ...values);
  const right = most([rowWidth, ...above.map(({ x, width }) => x + width)]);
  const top = most(above.map(({ y, height }) => y + height + 2 * space));
  const places: Place[] = [];
  let [x, y] = [0, top];
  for (const table of tables) {
    const { width, height } = boxOf(table);
    if (x > 0 && x + width > right) {
      [x, y] = [0, most(places.map((place) => place.y + place.height)) + space];
    }
    places.push({ table, x, y, width, height });
    x += width + space;
  }
  return places;
}
