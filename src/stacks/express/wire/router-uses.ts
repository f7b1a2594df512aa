import { ts } from 'ts-morph';
import { methodCall, statementOf, unwrap, wrapped } from '../../typescript/wire/expressions.ts';
import { moduleOfBinding } from '../../typescript/wire/imports.ts';
import { resolveName, type Scopes } from '../../typescript/wire/scope.ts';

/** One call of a router's method. A chain is several of them, the first one first. */
export type Use = {
  /** The declaration of the router's variable, or the call that makes a router without a name. */
  router: ts.Node;
  call: ts.CallExpression;
  method: string;
  statement: ts.Node;
  /** Whether the chain is the whole statement, rather than a part of a condition or a loop. */
  direct: boolean;
};

const methods = new Set(['use', 'all', 'get', 'post', 'put', 'patch', 'delete', 'route', 'param']);

/** Every call of a method that routers have, on whatever may be a router. */
export function readRouterUses(scopes: Scopes): Use[] {
  return scopes.calls
    .flatMap((node): Use[] => {
      const found = methodCall(node);
      if (!found || !methods.has(found.method)) return [];
      const router = routerOf(found.target, scopes);
      if (!router) return [];
      const { call } = found;
      const statement = statementOf(call);
      return [{ router, call, method: found.method, statement, direct: isDirect(call) }];
    })
    .sort((a, b) => a.call.end - b.call.end);
}

/** The calls that make a router: `Router()`, `express.Router()`, with `new` or under an alias. */
export function routerCalls(scopes: Scopes): RouterCall[] {
  return scopes.calls.filter((node) => isRouterCall(node, scopes));
}

export type RouterCall = ts.CallExpression | ts.NewExpression;

/** The variable that holds the router made by a call, or else the call. */
export function ownerOf(made: RouterCall): ts.Node {
  const whole = wholeChain(made);
  const parent = whole.parent;
  return ts.isVariableDeclaration(parent) && parent.initializer === whole ? parent : made;
}

/** The outermost call of the chain that an expression begins. */
export function wholeChain(expression: ts.Node): ts.Node {
  const outer = wrapped(expression);
  const next = outer.parent;
  if (!ts.isPropertyAccessExpression(next) || next.expression !== outer) return outer;
  return ts.isCallExpression(next.parent) && next.parent.expression === next
    ? wholeChain(next.parent)
    : outer;
}

function routerOf(target: ts.Expression, scopes: Scopes): ts.Node | undefined {
  const inner = unwrap(target);
  if (isRouterCall(inner, scopes)) return ownerOf(inner);
  if (ts.isIdentifier(inner)) return resolveName(scopes, inner, inner.text);
  const call = methodCall(inner);
  // The calls after `.route('/x')` are about that path alone.
  return call && call.method !== 'route' ? routerOf(call.target, scopes) : undefined;
}

/** Whether a call makes a router. */
export function isRouterCall(node: ts.Node, scopes: Scopes): node is RouterCall {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const callee = node.expression;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === 'Router';
  if (!ts.isIdentifier(callee)) return false;
  const declaration = resolveName(scopes, callee, callee.text);
  return declaration && ts.isImportSpecifier(declaration)
    ? (declaration.propertyName ?? declaration.name).text === 'Router'
    : callee.text === 'Router';
}

/** Whether a call makes an app of Express, which is a router too. */
export function isAppCall(node: ts.Node, scopes: Scopes): node is RouterCall {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false;
  const declaration = resolveName(scopes, node.expression, node.expression.text);
  return (
    declaration !== undefined &&
    ts.isImportClause(declaration) &&
    moduleOfBinding(declaration) === 'express'
  );
}

/** Whether a call belongs to a chain that is a whole statement or value. */
export function isDirect(call: ts.CallExpression): boolean {
  const parent = wholeChain(call).parent;
  return (
    ts.isExpressionStatement(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isArrowFunction(parent)
  );
}
