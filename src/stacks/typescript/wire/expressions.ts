import { ts } from 'ts-morph';

/** The expression inside parentheses, `as`, `satisfies`, `!` and `await`. */
export function unwrap(expression: ts.Expression): ts.Expression {
  return isWrapper(expression) ? unwrap(expression.expression) : expression;
}

/** The outermost wrapper around an expression. */
export function wrapped(expression: ts.Node): ts.Node {
  return isWrapper(expression.parent) ? wrapped(expression.parent) : expression;
}

/** `x.name(…)` taken apart. */
export function methodCall(
  node: ts.Node,
): { call: ts.CallExpression; target: ts.Expression; method: string } | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) {
    return undefined;
  }
  return { call: node, target: node.expression.expression, method: node.expression.name.text };
}

/** The last part of a name: `handler` in `errors.handler`, also behind a call. */
export function lastName(expression: ts.Expression): string | undefined {
  const inner = unwrap(expression);
  if (ts.isIdentifier(inner)) return inner.text;
  if (ts.isPropertyAccessExpression(inner)) return inner.name.text;
  return ts.isCallExpression(inner) ? lastName(inner.expression) : undefined;
}

export type Statements = ts.SourceFile | ts.Block | ts.ModuleBlock;

export function holdsStatements(node: ts.Node): node is Statements {
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node);
}

/** The statement that a node belongs to. */
export function statementOf(node: ts.Node): ts.Node {
  return ts.isSourceFile(node.parent) || ts.isStatement(node) ? node : statementOf(node.parent);
}

export function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** The function that a node runs in, or the file; the callback of a loop counts as a loop. */
export function homeOf(node: ts.Node): ts.Node {
  const parent = node.parent;
  if (!parent || ts.isSourceFile(parent)) return parent ?? node;
  return ts.isFunctionLike(parent) && !isLoopCallback(parent) ? parent : homeOf(parent);
}

function isLoopCallback(node: ts.Node): boolean {
  const loop = methodCall(node.parent);
  return loop !== undefined && (loop.method === 'forEach' || loop.method === 'map');
}

function isWrapper(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.AwaitExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
  );
}
