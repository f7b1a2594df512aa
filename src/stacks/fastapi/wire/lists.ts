import type { SyntaxNode } from '@lezer/common';
import { type Edit, eolOf, indentAt, lineEnd } from '../../python/edit.ts';
import { childrenOf, findAll, type Source } from '../../python/parse.ts';
import type { Include } from './routers.ts';

const brackets = new Set(['ArrayExpression', 'TupleExpression', 'ParenthesizedExpression']);

/** The list of a loop that includes each of its items; undefined if this includes something else. */
export function listBehind(
  source: Source,
  { router }: Include,
): SyntaxNode | 'unclear' | undefined {
  if (router?.name !== 'VariableName') return router ? undefined : 'unclear';
  const loop = loopAround(router, source);
  if (!loop) return undefined;
  const [target, , list] = childrenOf(loop)
    .filter(({ name }) => name !== 'async')
    .slice(1);
  if (target?.name !== 'VariableName' || !list) return 'unclear';
  return listOf(source, list);
}

/** The loop whose variable a node is. */
function loopAround(node: SyntaxNode, { text }: Source): SyntaxNode | undefined {
  const name = text.slice(node.from, node.to);
  for (let at = node.parent; at; at = at.parent) {
    if (at.name !== 'ForStatement') continue;
    const children = childrenOf(at);
    const end = children.findIndex((each) => each.name === 'in');
    const targets = children.slice(1, end).flatMap((each) => [each, ...findAll(each, () => true)]);
    if (targets.some(({ from, to }) => text.slice(from, to) === name)) return at;
  }
  return undefined;
}

/** A list as it is written there, or as a variable of that name has it. */
function listOf({ root, text }: Source, node: SyntaxNode): SyntaxNode | 'unclear' {
  if (brackets.has(node.name)) return node;
  if (node.name !== 'VariableName') return 'unclear';
  const name = text.slice(node.from, node.to);
  const lists = findAll(root, (each) => {
    const { firstChild, lastChild } = each;
    const isOfName = firstChild && text.slice(firstChild.from, firstChild.to) === name;
    return each.name === 'AssignStatement' && !!isOfName && brackets.has(lastChild?.name ?? '');
  });
  const [list, ...others] = lists.flatMap((each) => each.lastChild ?? []);
  return list && others.length === 0 ? list : 'unclear';
}

/** The lists of a file that hold nothing but routers, by the names that those have. */
export const listsOf = ({ root, text }: Source, isRouter: (text: string) => boolean) =>
  findAll(
    root,
    ({ name, parent }) => brackets.has(name) && parent?.name === 'AssignStatement',
  ).filter((list) => {
    const items = itemsOf(list);
    return items.length > 0 && items.every(({ from, to }) => isRouter(text.slice(from, to)));
  });

const itemsOf = (list: SyntaxNode) =>
  childrenOf(list)
    .slice(1, -1)
    .filter(({ name }) => name !== ',' && name !== '*');

/** Puts a name behind the last item; a reason where the items are more than names. */
export function addToList(
  { text }: Source,
  list: SyntaxNode,
  name: string,
): Edit | { reason: string } {
  const items = itemsOf(list);
  if (
    items.some(
      (item) => !['VariableName', 'MemberExpression', 'CallExpression'].includes(item.name),
    )
  ) {
    return { reason: 'the list of routers has more than routers in it' };
  }
  const last = items.at(-1);
  const isTuple = list.name !== 'ArrayExpression';
  const end = list.to - 1;
  if (!last) return { from: end, to: end, text: isTuple ? `${name},` : name };
  const comma = childrenOf(list).find((each) => each.name === ',' && each.from >= last.to);
  const behind = comma ? comma.to : last.to;
  const isOnLines = text.slice(last.to, end).includes('\n');
  if (!isOnLines) {
    const line = `, ${name}`;
    // `(a,)` needs its comma no longer, but may keep it.
    return { from: last.to, to: last.to, text: line };
  }
  const indent = indentAt(text, last.from);
  const at = lineEnd(text, behind);
  const comment = text.slice(behind, at);
  const added = `${eolOf(text)}${indent}${name},`;
  if (comma) return { from: at, to: at, text: added };
  return { from: behind, to: at, text: `,${comment}${added}` };
}
