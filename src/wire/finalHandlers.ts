import { ts } from 'ts-morph';
import { lastName, unwrap } from './expressions.ts';
import { findAll } from './parse.ts';
import type { Use } from './routerUses.ts';
import { isReference, resolveName, type Scopes } from './scope.ts';

const finalName =
  /(not_?found|404|errors?)(_?(handlers?|middlewares?|routes?|router))?$|handle_?(all_?)?errors?|catch_?all/i;
const catchAllPath = /^\/?(\*|\*\w+|\{\/?\*\w+\}|\(\.\*\)|\.\*|:\w+\*|:\w+\(\.\*\))$/;
const catchAllPattern = /^\/\^?\(?\.\*\)?\$?\/[a-z]*$/;

/**
 * Whether nothing behind this call is reached, or not in the same way: a not-found or an error
 * handler. `maybe` is a catch-all with a handler that says nothing about itself: as often it is
 * the check of a token as the end of the list.
 */
export function finality(use: Use, scopes: Scopes): 'final' | 'maybe' | undefined {
  const [first, ...rest] = use.call.arguments;
  if (!first) return undefined;
  const path = pathText(first);
  if (use.method === 'use') {
    if (path !== undefined && path !== '/' && !isCatchAll(path)) return undefined;
    const handlers = path === undefined ? [first, ...rest] : rest;
    return handlers.some((handler) => isFinal(handler, scopes)) ? 'final' : undefined;
  }
  if (!['all', 'get', 'route'].includes(use.method)) return undefined;
  if (path === undefined || !isCatchAll(path)) return undefined;
  return rest.some((handler) => isFinal(handler, scopes)) ? 'final' : 'maybe';
}

function pathText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isRegularExpressionLiteral(node) ? node.text : undefined;
}

function isCatchAll(path: string): boolean {
  return catchAllPath.test(path) || catchAllPattern.test(path);
}

function isFinal(handler: ts.Expression, scopes: Scopes): boolean {
  const inner = unwrap(handler);
  if (ts.isArrayLiteralExpression(inner))
    return inner.elements.some((each) => isFinal(each, scopes));
  if (finalName.test(lastName(inner) ?? '')) return true;
  const written = functionOf(inner, scopes);
  if (written) return endsTheRequest(written);
  return ts.isCallExpression(inner) && inner.arguments.some((each) => isFinalArgument(each));
}

// wrap(notFound), asyncHandler((req, res) => …)
function isFinalArgument(argument: ts.Expression): boolean {
  const inner = unwrap(argument);
  if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) {
    return inner.parameters.length === 4;
  }
  return ts.isIdentifier(inner) && finalName.test(inner.text);
}

function functionOf(
  handler: ts.Expression,
  scopes: Scopes,
): ts.FunctionLikeDeclaration | undefined {
  if (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler)) return handler;
  if (!ts.isIdentifier(handler)) return undefined;
  const declaration = resolveName(scopes, handler, handler.text);
  if (!declaration) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const inner = value && unwrap(value);
  return inner && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) ? inner : undefined;
}

/** An error handler, or one that never hands the request on. */
function endsTheRequest(written: ts.FunctionLikeDeclaration): boolean {
  const { parameters, body } = written;
  if (parameters.length > 3) return true;
  if (parameters.some((parameter) => parameter.dotDotDotToken) || !body) return false;
  const next = parameters[2]?.name;
  if (!next) return true;
  if (!ts.isIdentifier(next)) return false;
  return findAll(body, ts.isIdentifier)
    .filter((name) => name.text === next.text && isReference(name))
    .every((name) => isCalledWithAnError(name));
}

function isCalledWithAnError(next: ts.Identifier): boolean {
  const call = next.parent;
  if (!ts.isCallExpression(call) || call.expression !== next) return false;
  const [error] = call.arguments;
  return error !== undefined && !(ts.isStringLiteral(error) && error.text === 'router');
}
