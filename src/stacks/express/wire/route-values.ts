import { ts } from 'ts-morph';
import { methodCall, unwrap } from '../../typescript/wire/expressions.ts';
import { findAll } from '../../typescript/wire/parse.ts';
import { resolveName } from '../../typescript/wire/scope.ts';
import {
  exportedAs,
  type Imported,
  importedBy,
  initializerOf,
  type Module,
  type Modules,
} from './modules.ts';
import { isAppCall, isRouterCall, ownerOf } from './router-uses.ts';

type Callable = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** What the parameters of the functions hold that were called on the way. */
export type Bindings = ReadonlyMap<ts.Node, Value>;

/** Where an expression stands: what its names mean depends on it. */
export type Place = { module: Module; bindings: Bindings; depth: number };

export type Value =
  /** A router: the node that stands for it, in the file that fills it. */
  | { kind: 'router'; router: ts.Node; place: Place }
  | { kind: 'function'; node: Callable; place: Place }
  | { kind: 'list'; items: Value[] }
  | { kind: 'text'; text: string }
  /** Comes from a package: it may be a router, and may be none. */
  | { kind: 'foreign'; member: string }
  /** Nothing that routes are found in. */
  | { kind: 'other' };

const other: Value = { kind: 'other' };
const DEEPEST = 20;

/** What an expression of the project stands for, as far as that has to do with routes. */
export function readValue(expression: ts.Node, place: Place, modules: Modules): Value {
  if (place.depth > DEEPEST) return other;
  const deeper = { ...place, depth: place.depth + 1 };
  const node = ts.isExpression(expression) ? unwrap(expression) : expression;
  if (ts.isStringLiteralLike(node)) return { kind: 'text', text: node.text };
  if (isRouterCall(node, place.module.scopes) || isAppCall(node, place.module.scopes)) {
    return { kind: 'router', router: ownerOf(node), place };
  }
  if (isCallable(node)) return { kind: 'function', node, place };
  if (ts.isIdentifier(node)) return named(node, deeper, modules);
  if (ts.isCallExpression(node)) return called(node, deeper, modules);
  if (ts.isPropertyAccessExpression(node)) return memberOf(node, deeper, modules);
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map((element) => readValue(element, deeper, modules));
    return { kind: 'list', items: items.flatMap(itemsOf) };
  }
  if (ts.isSpreadElement(node)) return readValue(node.expression, deeper, modules);
  if (ts.isConditionalExpression(node)) {
    const branches = [node.whenTrue, node.whenFalse];
    return { kind: 'list', items: branches.map((each) => readValue(each, deeper, modules)) };
  }
  if (ts.isTemplateExpression(node)) return templateText(node, deeper, modules);
  return ts.isBinaryExpression(node) ? sumOf(node, deeper, modules) : other;
}

/** The values of a list, or the one that is none. */
export const itemsOf = (value: Value): Value[] => (value.kind === 'list' ? value.items : [value]);

/** What a function gives back for arguments; each router that it may give back, where it is unclear. */
export function resultOf(
  { node, place }: Extract<Value, { kind: 'function' }>,
  args: readonly Value[],
  modules: Modules,
): Value {
  const bindings = bindingsOf(node, args, place.bindings);
  const inside = { ...place, bindings, depth: place.depth + 1 };
  const values = returnsOf(node).map((each) => readValue(each, inside, modules));
  const routers = values.flatMap(itemsOf).filter(({ kind }) => kind === 'router');
  const own = routers.filter(
    (value, at) => routers.findIndex((each) => isSameRouter(each, value)) === at,
  );
  if (own.length > 1) return { kind: 'list', items: own };
  return own[0] ?? values.find(({ kind }) => kind !== 'other') ?? other;
}

/** What the parameters of a function hold once it is called. */
export function bindingsOf(node: Callable, args: readonly Value[], outer: Bindings): Bindings {
  const own = node.parameters.map((parameter, at) => [parameter, args[at] ?? other] as const);
  return new Map<ts.Node, Value>([...outer, ...own]);
}

const isSameRouter = (one: Value, another: Value) =>
  one.kind === 'router' && another.kind === 'router' && one.router === another.router;

function named(node: ts.Identifier, place: Place, modules: Modules): Value {
  const declaration = resolveName(place.module.scopes, node, node.text);
  return declaration === undefined ? other : declared(declaration, place, modules);
}

function declared(declaration: ts.Node, place: Place, modules: Modules): Value {
  const bound = place.bindings.get(declaration);
  if (bound !== undefined) return bound;
  if (isCallable(declaration)) return { kind: 'function', node: declaration, place };
  const value = initializerOf(declaration);
  if (value !== undefined) return readValue(value, place, modules);
  const imported = importedBy(declaration, place.module, modules);
  return imported === undefined ? other : importedValue(imported, place, modules);
}

function importedValue({ module, name }: Imported, { depth }: Place, modules: Modules): Value {
  if (module === undefined) return { kind: 'foreign', member: name };
  const exported = exportedAs(module, name);
  if (exported === undefined) return other;
  const place = { module, bindings: new Map(), depth: depth + 1 };
  return ts.isExpression(exported)
    ? readValue(exported, place, modules)
    : declared(exported, place, modules);
}

/** `orders.ordersRoutes`, of a module that is imported as a whole. */
function memberOf(node: ts.PropertyAccessExpression, place: Place, modules: Modules): Value {
  if (!ts.isIdentifier(node.expression)) return other;
  const { text } = node.expression;
  const declaration = resolveName(place.module.scopes, node.expression, text);
  const imported = declaration && importedBy(declaration, place.module, modules);
  if (!imported) return other;
  return importedValue({ ...imported, name: node.name.text }, place, modules);
}

function called(node: ts.CallExpression, place: Place, modules: Modules): Value {
  const callee = readValue(node.expression, place, modules);
  if (callee.kind === 'function') {
    return resultOf(
      callee,
      node.arguments.map((each) => readValue(each, place, modules)),
      modules,
    );
  }
  if (callee.kind === 'foreign') return callee;
  const call = methodCall(node);
  if (call === undefined) return other;
  // The value of a chain is that of its first link, as in `Router().use(…)`. A mapped list is a list.
  const target = readValue(call.target, place, modules);
  if (target.kind === 'router') return target;
  if (target.kind !== 'list' || call.method !== 'map') return other;
  const [callback] = node.arguments.map((each) => readValue(each, place, modules));
  if (callback?.kind !== 'function') return target;
  return { kind: 'list', items: target.items.map((item) => resultOf(callback, [item], modules)) };
}

function templateText(node: ts.TemplateExpression, place: Place, modules: Modules): Value {
  const parts = node.templateSpans.map((span) => {
    const value = readValue(span.expression, place, modules);
    return value.kind === 'text' ? value.text + span.literal.text : undefined;
  });
  return parts.includes(undefined)
    ? other
    : { kind: 'text', text: node.head.text + parts.join('') };
}

function sumOf(node: ts.BinaryExpression, place: Place, modules: Modules): Value {
  const [left, right] = [node.left, node.right].map((each) => readValue(each, place, modules));
  const isSum = node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (!isSum) return right ?? other;
  return left?.kind === 'text' && right?.kind === 'text'
    ? { kind: 'text', text: left.text + right.text }
    : other;
}

function returnsOf(node: Callable): ts.Expression[] {
  if (node.body === undefined) return [];
  if (!ts.isBlock(node.body)) return [node.body];
  return findAll(node.body, ts.isReturnStatement)
    .filter((each) => functionAround(each) === node)
    .flatMap(({ expression }) => expression ?? []);
}

function functionAround(node: ts.Node): ts.Node | undefined {
  return node.parent === undefined || ts.isFunctionLike(node.parent)
    ? node.parent
    : functionAround(node.parent);
}

export function isCallable(node: ts.Node): node is Callable {
  return (
    ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node)
  );
}
