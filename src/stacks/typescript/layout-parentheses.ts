import type { Doc } from './layout-doc.ts';
import { group, indent, line } from './layout-doc.ts';
import type { Nodes } from './layout-shape.ts';
import { isLeaf, isOpen } from './layout-shape.ts';

type Layout = (nodes: Nodes) => Doc;

/** An expression in parentheses, which are left out if it gets lines of its own. */
export function insideParentheses(body: Nodes): Nodes | undefined {
  const [only] = body;
  if (body.length !== 1 || !isOpen(only, '(') || only.items.length !== 1) return undefined;
  const [inner = []] = only.items;
  return inner.length > 1 ? inner : undefined;
}

/** What stood in them: a choice by `?:`, or what `&&` or `||` joins. */
export const bareDoc = (nodes: Nodes, layout: Layout): Doc =>
  group(choiceParts(nodes, layout) ?? operands(nodes, layout));

function operands(nodes: Nodes, layout: Layout): Doc[] {
  const sign = ['&&', '||'].find((each) => nodes.some((node) => isLeaf(node, each))) ?? '';
  const at = nodes.findLastIndex((node) => isLeaf(node, sign));
  if (at < 1) return [layout(nodes)];
  return [...operands(nodes.slice(0, at), layout), ` ${sign}`, line, layout(nodes.slice(at + 1))];
}

/** The last part of a choice may be another one. */
function choiceParts(nodes: Nodes, layout: Layout): Doc[] | undefined {
  const at = nodes.findIndex((node) => isLeaf(node, '?'));
  const colon = nodes.findIndex((node, index) => index > at && isLeaf(node, ':'));
  if (at < 1 || colon < 0) return undefined;
  const otherwise = nodes.slice(colon + 1);
  const yes = ['? ', indent(layout(nodes.slice(at + 1, colon)))];
  const no = [': ', choiceParts(otherwise, layout) ?? indent(layout(otherwise))];
  return [layout(nodes.slice(0, at)), indent([line, ...yes, line, ...no])];
}
