import { ts } from 'ts-morph';
import { lastName, unwrap } from '../../typescript/wire/expressions.ts';
import { findAll } from '../../typescript/wire/parse.ts';
import { isReference, resolveName, type Scopes } from '../../typescript/wire/scope.ts';
import { routesCall } from './module-routes.ts';
import type { Use } from './router-uses.ts';

const finalName =
  /(not_?found|404)(_?(handlers?|middlewares?|routes?|router))?$|errors?_?(handlers?|middlewares?)$|handle_?(all_?)?errors?$|catch_?all$/i;
// celebrate's errors() ends a list, reportErrors() may begin one.
const doubtfulName = /errors?(_?(routes?|router))?$/i;
const catchAllPath = /^\/?(\*|\*\w+|\{\/?\*\w+\}|\(\.\*\)|\.\*|:\w+\*|:\w+\(\.\*\))$/;
const catchAllPattern = /^\/\^?\(?\.\*\)?\$?\/[a-z]*$/;

type Finality = 'final' | 'maybe' | undefined;

/**
 * Whether this call adds a not-found or an error handler, so that what is mounted after it is not
 * reached, or not in the same way. `maybe` is a handler for every path whose name does not tell: it may
 * check a token, or end the list.
 */
export function finality(use: Use, scopes: Scopes): Finality {
  const [first, ...rest] = use.call.arguments;
  if (!first) return undefined;
  const path = pathText(first);
  const handlers = (path === undefined ? [first, ...rest] : rest).filter(
    (handler) => routesCall(handler, scopes) === undefined,
  );
  const found = strongest(handlers.map((handler) => finalityOf(handler, scopes)));
  if (use.method === 'use') {
    return path === undefined || path === '/' || isCatchAll(path) ? found : undefined;
  }
  const isForAll = path !== undefined && isCatchAll(path);
  return isForAll && ['all', 'get', 'route'].includes(use.method) ? (found ?? 'maybe') : undefined;
}

function strongest(found: Finality[]): Finality {
  return found.find((each) => each === 'final') ?? found.find((each) => each !== undefined);
}

function pathText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isRegularExpressionLiteral(node) ? node.text : undefined;
}

function isCatchAll(path: string): boolean {
  return catchAllPath.test(path) || catchAllPattern.test(path);
}

function finalityOf(handler: ts.Expression, scopes: Scopes): Finality {
  const inner = unwrap(handler);
  if (ts.isArrayLiteralExpression(inner)) {
    return strongest(inner.elements.map((element) => finalityOf(element, scopes)));
  }
  const name = lastName(inner) ?? '';
  if (finalName.test(name)) return 'final';
  const written = functionOf(inner, scopes);
  if (written) return endsTheRequest(written) ? 'final' : undefined;
  if (ts.isCallExpression(inner) && /wrap|async|catch/i.test(name)) {
    if (inner.arguments.some(isFinalArgument)) return 'final';
  }
  return doubtfulName.test(name) ? 'maybe' : undefined;
}

// wrap(notFound), asyncHandler((error, req, res, next) => …)
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
