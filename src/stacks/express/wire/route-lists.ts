import { ts } from 'ts-morph';
import { contains, methodCall, unwrap } from '../../typescript/wire/expressions.ts';
import { findAll } from '../../typescript/wire/parse.ts';
import { resolveName, type Scopes } from '../../typescript/wire/scope.ts';
import { isModuleRoutes } from './module-routes.ts';
import type { Use } from './router-uses.ts';

/** A list whose elements are mounted one by one. */
export type RouteList = {
  array: ts.ArrayLiteralExpression;
  /** Whether the elements are functions that the loop calls, or what they returned. */
  called: boolean;
  use: Use;
};

/** The list that a call mounts: in a loop, spread into its arguments, or as an argument. */
export function listOf(use: Use, scopes: Scopes): RouteList | undefined {
  if (use.method !== 'use') return undefined;
  for (const argument of use.call.arguments) {
    const found = listIn(ts.isSpreadElement(argument) ? argument.expression : argument, scopes);
    if (found) return { ...found, use };
  }
  return undefined;
}

/** The elements of a list that are routes of modules, or the calls that make them. */
export function listedRoutes(list: RouteList, scopes: Scopes): ts.Expression[] {
  return list.array.elements.filter((element) => {
    const inner = unwrap(element);
    const routes = list.called || !ts.isCallExpression(inner) ? inner : inner.expression;
    return list.called !== ts.isCallExpression(inner) && isModuleRoutes(routes, scopes);
  });
}

type Listed = Omit<RouteList, 'use'>;

function listIn(argument: ts.Expression, scopes: Scopes): Listed | undefined {
  const inner = unwrap(argument);
  const variable = loopVariable(inner, scopes);
  if (variable) return fromLoop(variable, scopes, false);
  const called = ts.isCallExpression(inner) ? loopVariable(inner.expression, scopes) : undefined;
  return called ? fromLoop(called, scopes, true) : arrayOf(inner, scopes, false);
}

/** The declaration of a name that a loop gives to each element. */
function loopVariable(expression: ts.Expression, scopes: Scopes): ts.Node | undefined {
  const inner = unwrap(expression);
  const declaration = ts.isIdentifier(inner) ? resolveName(scopes, inner, inner.text) : undefined;
  return declaration && loopedOver(declaration) ? declaration : undefined;
}

function loopedOver(variable: ts.Node): ts.Expression | undefined {
  if (ts.isVariableDeclaration(variable)) {
    const loop = variable.parent.parent;
    return ts.isForOfStatement(loop) ? loop.expression : undefined;
  }
  if (!ts.isParameter(variable) || variable.parent.parameters[0] !== variable) return undefined;
  const call = methodCall(variable.parent.parent);
  return call?.method === 'forEach' && call.call.arguments[0] === variable.parent
    ? call.target
    : undefined;
}

function fromLoop(variable: ts.Node, scopes: Scopes, called: boolean): Listed | undefined {
  const list = loopedOver(variable);
  return list && arrayOf(unwrap(list), scopes, called);
}

function arrayOf(list: ts.Expression, scopes: Scopes, called: boolean): Listed | undefined {
  if (ts.isArrayLiteralExpression(list)) return { array: list, called };
  if (ts.isIdentifier(list)) {
    const declaration = resolveName(scopes, list, list.text);
    if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
    const value = declaration.initializer && unwrap(declaration.initializer);
    // Only one name is followed, so that names which refer to each other cannot loop.
    return value && !ts.isIdentifier(value) && !contains(value, list)
      ? arrayOf(value, scopes, called)
      : undefined;
  }
  const map = methodCall(list);
  const [callback] = map?.call.arguments ?? [];
  if (map?.method !== 'map' || !callback || !ts.isArrowFunction(callback)) return undefined;
  const [element] = callback.parameters;
  const calls = findAll(callback.body, ts.isCallExpression);
  const callsElement = calls.some(
    ({ expression }) => element && loopName(expression, scopes) === element,
  );
  return callsElement ? arrayOf(unwrap(map.target), scopes, true) : undefined;
}

function loopName(expression: ts.Expression, scopes: Scopes): ts.Node | undefined {
  return ts.isIdentifier(expression) ? resolveName(scopes, expression, expression.text) : undefined;
}
