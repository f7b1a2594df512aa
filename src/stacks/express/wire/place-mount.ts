import { ts } from 'ts-morph';
import {
  endOfLine,
  eolNear,
  type Insertion,
  indentOf,
  statementAfter,
  statementBefore,
} from '../../typescript/wire/insert.ts';
import { skipTrivia, sourceOf } from '../../typescript/wire/positions.ts';
import { hasSemicolon, usesSemicolons } from '../../typescript/wire/style.ts';
import type { Spot } from './mount-spot.ts';

/** The insertion of `name.use(routes)` at its spot. */
export function placeMount(
  source: ts.SourceFile,
  spot: Spot,
  router: string | undefined,
  routes: string,
): Insertion {
  if (spot.kind === 'chain') return intoChain(source.text, spot.call, `.use(${routes})`);
  const mount = `${router}.use(${routes})${endsStatements(source, spot.statement) ? ';' : ''}`;
  return spot.kind === 'after'
    ? statementAfter(source.text, spot.statement, mount)
    : statementBefore(source.text, spot.statement, mount);
}

function endsStatements(source: ts.SourceFile, neighbour: ts.Statement): boolean {
  return ts.isExpressionStatement(neighbour) || ts.isVariableStatement(neighbour)
    ? hasSemicolon(neighbour)
    : usesSemicolons(source);
}

function intoChain(text: string, call: ts.Node, link: string): Insertion {
  const dot = dotOf(call);
  const indent = dot === undefined ? undefined : indentOf(text, dot);
  if (indent === undefined) return { at: call.end, text: link };
  const at = endOfLine(text, call.end);
  if (at !== undefined) return { at, text: `${eolNear(text, at)}${indent}${link}` };
  // Goes before the semicolon, so that a comment after it does not move to the new link.
  const comments = /^[;)]*[ \t]*\/[/*]/.test(text.slice(call.end));
  const previous = comments ? previousLink(call) : undefined;
  const end = previous && endOfLine(text, previous.end);
  return end === undefined
    ? { at: call.end, text: `${eolNear(text, call.end)}${indent}${link}` }
    : { at: end, text: `${eolNear(text, end)}${indent}${link}` };
}

function dotOf(call: ts.Node): number | undefined {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) {
    return undefined;
  }
  const { expression, questionDotToken } = call.expression;
  return questionDotToken ? undefined : skipTrivia(sourceOf(call).text, expression.end);
}

function previousLink(call: ts.Node): ts.Node | undefined {
  return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)
    ? call.expression.expression
    : undefined;
}
