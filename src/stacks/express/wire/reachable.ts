import { ts } from 'ts-morph';
import { contains, homeOf, methodCall, unwrap } from '../../typescript/wire/expressions.ts';
import { references, resolveName, type Scopes } from '../../typescript/wire/scope.ts';
import { finality } from './final-handlers.ts';
import { type Use, wholeChain } from './router-uses.ts';

/** Why a mount never answers a request, as far as the file shows it. */
export function whyUnreached(
  mount: ts.CallExpression,
  uses: Use[],
  scopes: Scopes,
): string | undefined {
  if (isDead(mount)) return 'stands in code that never runs';
  const home = homeOf(mount);
  if (!ts.isSourceFile(home) && isUnusedFunction(home, scopes)) {
    return 'stands in a function that nothing calls';
  }
  const use = uses.find(({ call }) => call === mount);
  if (!use) return isUndeclared(mount, scopes) ? 'is on a router that the file lacks' : undefined;
  if (uses.some((other) => finality(other, scopes) === 'final' && comesBefore(other, use))) {
    return 'stands behind a not-found or error handler';
  }
  return isForgotten(use.router, scopes) ? 'is on a router that is never used' : undefined;
}

/** Whether a node stands behind a `return` or under `if (false)`. */
export function isDead(node: ts.Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseClause(parent)) {
    if (firstExit(parent.statements) <= node.pos) return true;
  }
  const isSkipped =
    ts.isIfStatement(parent) &&
    parent.expression.kind === ts.SyntaxKind.FalseKeyword &&
    parent.thenStatement === node;
  return isSkipped || isDead(parent);
}

const exits = new WeakMap<ts.NodeArray<ts.Statement>, ts.Statement | undefined>();

/** Where the first statement that leaves a block ends; kept, since every mount of a file asks. */
function firstExit(statements: ts.NodeArray<ts.Statement>): number {
  if (!exits.has(statements)) exits.set(statements, statements.find(leaves));
  return exits.get(statements)?.end ?? Infinity;
}

function leaves(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isBreakStatement(statement) ||
    ts.isContinueStatement(statement)
  );
}

/** Whether a call is a method of a name that nothing in the file declares. */
function isUndeclared(mount: ts.CallExpression, scopes: Scopes): boolean {
  const target = methodCall(mount)?.target;
  const start = target && unwrap(target);
  return (
    start !== undefined &&
    ts.isIdentifier(start) &&
    resolveName(scopes, start, start.text) === undefined
  );
}

function comesBefore(final: Use, mount: Use): boolean {
  if (final.router !== mount.router || final.call === mount.call) return false;
  if (contains(mount.call, final.call)) return true;
  return (
    final.direct &&
    final.statement.end <= mount.statement.pos &&
    contains(final.statement.parent, mount.statement)
  );
}

function isUnusedFunction(home: ts.Node, scopes: Scopes): boolean {
  const holder = ts.isFunctionDeclaration(home) ? home : home.parent;
  if (!ts.isFunctionDeclaration(holder) && !ts.isVariableDeclaration(holder)) return false;
  if (!holder.name || !ts.isIdentifier(holder.name) || isExported(holder)) return false;
  return references(holder, scopes).every((name) => contains(home, name));
}

/** Whether a variable's router is neither returned, exported nor given to anything. */
function isForgotten(router: ts.Node, scopes: Scopes): boolean {
  if (!ts.isVariableDeclaration(router)) return false;
  if (!router.initializer || isExported(router)) return false;
  return references(router, scopes).every((name) => {
    const whole = wholeChain(name);
    return whole !== name && ts.isExpressionStatement(whole.parent);
  });
}

export function isExported(declaration: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return (
    ts.canHaveModifiers(statement) &&
    (statement.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}
