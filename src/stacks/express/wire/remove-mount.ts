import { ts } from 'ts-morph';
import { unwrap, wrapped } from '../../typescript/wire/expressions.ts';
import { endOfLine, indentOf, lineStart } from '../../typescript/wire/insert.ts';
import { skipTrivia, sourceOf } from '../../typescript/wire/positions.ts';
import {
  type Removal,
  removeCode,
  removeElement,
  removeStatement,
} from '../../typescript/wire/remove.ts';
import { isUseOf, mountsInList, type RoutesFile } from './mounted.ts';
import { isDirect } from './router-uses.ts';

type Removed = Removal[] | { reason: string };

/**
 * Removes the code that mounts the routes of an expression: a statement, a link of a chain or an element
 * of a list. Undefined if the routes are not mounted in one of these ways.
 */
export function removeMount(file: RoutesFile, routes: ts.Expression): Removed | undefined {
  const outer = wrapped(routes);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression !== outer) {
    return removeListed(file, outer, true);
  }
  const made = wrapped(call);
  return isUseOf(made.parent, made)
    ? removeUse(made.parent, made)
    : removeListed(file, made, false);
}

function removeListed(file: RoutesFile, element: ts.Node, called: boolean): Removed | undefined {
  const array = element.parent;
  if (!ts.isArrayLiteralExpression(array)) return undefined;
  const mounts = mountsInList(file, element, called);
  const listed = array.elements.find((each) => each === element);
  if (mounts.length === 0 || !listed) return undefined;
  const isGiven = mounts.some((mount) => mount.arguments.some((each) => unwrap(each) === array));
  if (isGiven && array.elements.length === 1) {
    return { reason: 'is the only element of a list, and use() does not accept an empty one' };
  }
  return removeElement(array.elements, listed, array.end - 1);
}

function removeUse(call: ts.CallExpression, mounted: ts.Node): Removed {
  const others = call.arguments.filter((argument) => argument !== mounted);
  if (others.length > 1 || !others.every(ts.isStringLiteralLike)) {
    return { reason: 'shares a call with other handlers' };
  }
  const target = ts.isPropertyAccessExpression(call.expression)
    ? unwrap(call.expression.expression)
    : undefined;
  if (!target) return { reason: 'is not a method call' };
  const isFirst = !ts.isCallExpression(target) && !ts.isNewExpression(target);
  const statement = wrapped(call).parent;
  if (isFirst && ts.isExpressionStatement(statement)) {
    const removal = removeStatement(statement);
    return 'reason' in removal ? removal : [removal];
  }
  if (isFirst && !isDirect(call)) return { reason: 'is a part of a larger expression' };
  return removeLink(call);
}

/** Takes `.use(…)` out of a chain. */
function removeLink(call: ts.CallExpression): Removed {
  const { text } = sourceOf(call);
  const from = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.expression.end
    : call.pos;
  const dot = skipTrivia(text, from);
  const ownLine = indentOf(text, dot) !== undefined;
  if (ownLine && endOfLine(text, call.end) !== undefined) return [removeCode(text, dot, call.end)];
  if (text.slice(from, dot).trim() === '') return [{ start: from, end: call.end }];
  const first = lineStart(text, dot);
  const isBehindComment = ownLine && text.slice(from, first).includes('//');
  return isBehindComment
    ? { reason: 'follows a comment at the end of a statement' }
    : [{ start: dot, end: call.end }];
}
