import type { Brackets, Leaf, Node } from './layout-tree.ts';

export type Nodes = readonly Node[];

/** Arguments up to this length are not worth a line of their own. */
const SHORT = 25;

/** A chain in which no arguments are worth breaking: it moves to the next line as a whole. */
export function isPoor(nodes: Nodes): boolean {
  const [head, ...rest] = nodes;
  if (head?.kind !== 'leaf' || !/^[\p{L}_$]/u.test(head.text)) return false;
  if (linksOf(nodes.slice(0, chainEnd(nodes))).length > 2) return false;
  return rest.every((node) => {
    if (node.kind === 'leaf') return !node.space;
    const [item, ...others] = node.items;
    if (node.open === '[') return true;
    return node.open === '(' && others.length === 0 && (item === undefined || isShort(item));
  });
}

const isShort = ([only, ...others]: Nodes) =>
  only?.kind === 'leaf' &&
  others.length === 0 &&
  only.text.length <= SHORT &&
  !only.text.includes('${');

/** Where the last call of a chain ends: the members behind it do not belong to the chain. */
export const chainEnd = (nodes: Nodes) =>
  nodes.findLastIndex((node) => node.kind === 'brackets') + 1;

/** A chain cut before the members that are called. */
export function linksOf(chain: Nodes): Nodes[] {
  const links: Node[][] = [[]];
  let called = false;
  for (const [at, node] of chain.entries()) {
    const isDot = isLeaf(node, '.') || isLeaf(node, '?.');
    const next = chain[at + 2];
    const calls = isOpen(next, '(');
    if (isDot && (called || (links.length === 1 && calls))) {
      links.push([]);
      called = false;
    }
    if (node.kind === 'brackets' && at > 0) called = true;
    links.at(-1)?.push(node);
  }
  return links;
}

export function hugsLast(last: Nodes, previous: Nodes | undefined): boolean {
  const kind = hugKind(last);
  return kind !== undefined && (previous === undefined || hugKind(previous) !== kind);
}

function hugKind(item: Nodes): string | undefined {
  const arrow = arrowAt(item);
  if (arrow >= 0) {
    const body = item.slice(arrow + 1);
    const isChain = body.every((node, at) => at === 0 || !node.space);
    return isChain && body.at(-1)?.kind === 'brackets' ? '=>' : undefined;
  }
  const [only] = item;
  if (item.length !== 1 || only?.kind !== 'brackets' || only.items.length === 0) return undefined;
  return only.open;
}

/** Several objects, or lists, of several things each: Biome never leaves them on one line. */
export function isMatrix({ open, items }: Brackets): boolean {
  if (open !== '[' || items.length < 2) return false;
  const kinds = items.map((item) => {
    const [only] = item;
    const isList = item.length === 1 && only?.kind === 'brackets' && only.items.length > 1;
    return isList ? only.open : '';
  });
  return kinds[0] !== '' && kinds.every((kind) => kind === kinds[0]);
}

export const arrowAt = (nodes: Nodes) => nodes.findIndex((node) => isLeaf(node, '=>'));
export const isLeaf = (node: Node | undefined, text: string): node is Leaf =>
  node?.kind === 'leaf' && node.text === text;
export const isOpen = (node: Node | undefined, open: string): node is Brackets =>
  node?.kind === 'brackets' && node.open === open;
export const isText = (node: Node | undefined, quotes: string) =>
  node?.kind === 'leaf' && quotes.includes(node.text.charAt(0));
