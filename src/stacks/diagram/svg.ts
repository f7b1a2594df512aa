import type { Model } from './model.ts';
import { type Place, type Point, placeTables } from './place.ts';
import { type Line, routeLines } from './route.ts';
import { head, namesAt, row, space, textAt, typesAt, typeText } from './sizes.ts';

const style = `
  svg { --page: #ffffff; --box: #ffffff; --head: #eef2f7; --edge: #c3ccd8; --text: #1b2430; --dim: #5c6b7d; --line: #5b7fb4; color-scheme: light dark }
  @media (prefers-color-scheme: dark) {
    svg { --page: #0d1117; --box: #151b23; --head: #202938; --edge: #3b4656; --text: #e6edf3; --dim: #9aa7b5; --line: #7da6dd }
  }
  text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--text) }
  .page { fill: var(--page) }
  .box { fill: var(--box); stroke: var(--edge) }
  .head { fill: var(--head); stroke: var(--edge) }
  .name { font-weight: 600 }
  .dim { fill: var(--dim) }
  .key { fill: var(--line); font-size: 11px }
  .line, .sign { fill: none; stroke: var(--line); stroke-width: 1.5 }
  .kept { stroke-dasharray: 5 4 }
  .ring { fill: var(--page); stroke: var(--line); stroke-width: 1.5 }`;

/** How far a bend reaches beyond the points between which it is. */
const bulge = 20;
const legendWidth = 520;

/** A picture of a model that needs no browser to be made, in the colours of whoever looks at it. */
export function svgOf(model: Model): string {
  const { places, passing } = placeTables(model);
  const lines = routeLines(places, passing);
  const bends = lines.flatMap(({ pieces }) => pieces.flat().map(({ x }) => x));
  const left = Math.floor(Math.min(0, ...bends.map((x) => x - bulge))) - space;
  const right = Math.ceil(
    Math.max(legendWidth, ...places.map(({ x, width }) => x + width), ...bends) + space,
  );
  const bottom = Math.max(0, ...places.map(({ y, height }) => y + height));
  const [width, height] = [right - left, bottom + 2 * space + row];
  const names = model.tables.map(({ name }) => name).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${-space} ${width} ${height}" role="img">`,
    `<title>${escaped(`The tables ${names} and how they refer to each other`)}</title>`,
    `<style>${style}\n</style>`,
    `<rect class="page" x="${left}" y="${-space}" width="100%" height="100%"/>`,
    ...lines.map(lineText),
    ...places.map(boxText),
    legend(bottom + space),
    '</svg>',
    '',
  ].join('\n');
}

function legend(y: number): string {
  return [
    `<text class="dim" x="0" y="${y}">? may be empty</text>`,
    `<path class="line" d="M150 ${y - 4}H182"/>`,
    `<text class="dim" x="190" y="${y}">deleted with the other row</text>`,
    `<path class="line kept" d="M430 ${y - 4}H462"/>`,
    `<text class="dim" x="470" y="${y}">kept</text>`,
  ].join('\n');
}

function boxText({ table, x, y, width, height }: Place): string {
  const { name, columns } = table;
  const texts = columns.flatMap((column, at) => {
    const base = head + at * row + 17;
    return [
      ...(column.key ? [`<text class="key" x="${textAt}" y="${base}">${column.key}</text>`] : []),
      `<text x="${namesAt}" y="${base}">${escaped(column.name)}</text>`,
      `<text class="dim" x="${typesAt(table)}" y="${base}">${escaped(typeText(column))}${column.notes.length > 0 ? `<title>${escaped(column.notes.join(', '))}</title>` : ''}</text>`,
    ];
  });
  return [
    `<g transform="translate(${x} ${y})">`,
    `<rect class="box" width="${width}" height="${height}" rx="6"/>`,
    `<path class="head" d="M0 ${head}V6Q0 0 6 0H${width - 6}Q${width} 0 ${width} 6V${head}Z"/>`,
    `<text class="name" x="${textAt}" y="21">${escaped(name)}</text>`,
    ...texts,
    '</g>',
  ].join('\n');
}

function lineText({ reference, pieces }: Line): string {
  const { isOptional, isUnique, onDelete } = reference;
  const kind = onDelete === 'cascade' ? 'line' : 'line kept';
  const [start, end] = [pieces[0], pieces.at(-1)];
  if (start === undefined || end === undefined) return '';
  const effect = `${reference.from}.${reference.column} to ${reference.to}: ${onDelete}`;
  return [
    `<g><title>${escaped(effect)}</title>`,
    `<path class="${kind}" d="${pathOf(pieces)}"/>`,
    signOf(start[0], start[1], isOptional ? 'none or one' : 'one'),
    signOf(end[1], end[0], isUnique ? 'none or one' : 'none or many'),
    '</g>',
  ].join('\n');
}

/** Straight through each piece, and from one to the next in a bend that leaves and arrives level. */
function pathOf(pieces: Line['pieces']): string {
  return pieces
    .map(([from, to], at) => {
      const before = pieces[at - 1];
      if (before === undefined) return `M${from.x} ${from.y}L${to.x} ${to.y}`;
      const [start, end] = before;
      const reach = Math.max(24, Math.abs(from.x - end.x) / 2);
      const [out, back] = [wayOf(start, end) * reach, wayOf(from, to) * reach];
      return `C${end.x + out} ${end.y} ${from.x - back} ${from.y} ${from.x} ${from.y}L${to.x} ${to.y}`;
    })
    .join('');
}

const wayOf = (from: Point, to: Point) => (to.x < from.x ? -1 : 1);

/** How many rows there are at an end of a line: signs as in other diagrams of entities. */
function signOf(at: Point, towards: Point, count: 'one' | 'none or one' | 'none or many'): string {
  const way = wayOf(at, towards);
  const x = (distance: number) => at.x + way * distance;
  const bar = (distance: number) => `M${x(distance)} ${at.y - 6}V${at.y + 6}`;
  const ring = `<circle class="ring" cx="${x(18)}" cy="${at.y}" r="4"/>`;
  switch (count) {
    case 'one':
      return `<path class="sign" d="${bar(8)}${bar(13)}"/>`;
    case 'none or one':
      return `<path class="sign" d="${bar(8)}"/>${ring}`;
    case 'none or many':
      return `<path class="sign" d="M${x(0)} ${at.y - 7}L${x(13)} ${at.y}L${x(0)} ${at.y + 7}"/>${ring}`;
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
