import { ts } from 'ts-morph';
import { type Guard, type GuardedRoute, strictest } from '../../found-routes.ts';
import { unwrap, wrapped } from '../../typescript/wire/expressions.ts';
import { startOf, textOf } from '../../typescript/wire/positions.ts';
import { isGuard, readBefore } from './guards.ts';
import { createModules, type Modules } from './modules.ts';
import { isDead } from './reachable.ts';
import { listOf } from './route-lists.ts';
import { isBelow, joined, readPaths } from './route-paths.ts';
import {
  bindingsOf,
  isCallable,
  itemsOf,
  type Place,
  readValue,
  resultOf,
} from './route-values.ts';
import { isAppCall, ownerOf, type Use } from './router-uses.ts';

/** A place where more may be mounted than can be told without running it. */
export type Unclear = { file: string; line: number; path: string; code: string };

export type Mounted = { routes: GuardedRoute[]; unclear: Unclear[] };

/** Where a walk is: below which path, behind which guards, in which routers. */
type At = { prefix: string; guards: Guard[]; above: readonly ts.Node[] };
type Walk = { modules: Modules; found: Mounted; known: Set<string> };

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);

/** What the app of a file really mounts, followed through its imports; undefined where it has none. */
export function readMounted(
  read: (path: string) => string | undefined,
  entry: string,
): Mounted | undefined {
  const modules = createModules(read);
  const module = modules(entry);
  const made = module?.scopes.calls.find((call) => isAppCall(call, module.scopes));
  if (module === undefined || made === undefined) return undefined;
  const walk: Walk = { modules, found: { routes: [], unclear: [] }, known: new Set() };
  const place = { module, bindings: new Map(), depth: 0 };
  walkRouter(walk, ownerOf(made), place, { prefix: '', guards: [], above: [] });
  return walk.found;
}

function walkRouter(walk: Walk, router: ts.Node, place: Place, at: At): void {
  // A router that is mounted in itself would never end.
  if (at.above.filter((each) => each === router).length > 1) return;
  const above = [...at.above, router];
  const passed: { path: string; guard: Guard }[] = [];
  for (const step of stepsOn(walk, router, place)) {
    if (step.kind === 'helper') {
      walkRouter(walk, step.router, step.place, { ...at, above });
      continue;
    }
    const { use } = step;
    const before = (path: string) => [
      ...at.guards,
      ...passed.filter((each) => isBelow(path, each.path)).map(({ guard }) => guard),
    ];
    if (use.method === 'use') passed.push(...walkUse(walk, use, place, { ...at, above, before }));
    else if (use.method === 'route') addRoutes(walk, use.call, place, { ...at, before });
    else addRoute(walk, use.call, use.method, place, { ...at, before });
  }
}

type Before = Omit<At, 'guards'> & { before: (path: string) => Guard[] };
type Step = { kind: 'use'; use: Use } | { kind: 'helper'; router: ts.Node; place: Place };

/** What is done to a router, in order: its own calls, and what functions do that it is given to. */
function stepsOn({ modules }: Walk, router: ts.Node, place: Place): Step[] {
  const { uses, scopes } = place.module;
  const own = uses
    .filter((use) => use.router === router && !isDead(use.call))
    .map((use) => ({ end: use.call.end, step: { kind: 'use' as const, use } }));
  const helpers = scopes.calls.flatMap((call) => {
    const given = (call.arguments ?? []).findIndex((argument) => {
      const value = ts.isIdentifier(unwrap(argument)) && readValue(argument, place, modules);
      return value && value.kind === 'router' && value.router === router;
    });
    const isMount = uses.some((use) => use.call === call);
    if (given < 0 || isMount || isDead(call) || !ts.isExpressionStatement(wrapped(call).parent)) {
      return [];
    }
    const callee = readValue(call.expression, place, modules);
    const parameter = callee.kind === 'function' ? callee.node.parameters[given] : undefined;
    if (callee.kind !== 'function' || parameter === undefined) return [];
    const args = (call.arguments ?? []).map((each) => readValue(each, place, modules));
    const bindings = bindingsOf(callee.node, args, callee.place.bindings);
    const inside = { ...callee.place, bindings, depth: 0 };
    return [{ end: call.end, step: { kind: 'helper' as const, router: parameter, place: inside } }];
  });
  return [...own, ...helpers].sort((a, b) => a.end - b.end).map(({ step }) => step);
}

/** Follows what is mounted; the guards that stand alone count for what comes after them. */
function walkUse(
  walk: Walk,
  use: Use,
  place: Place,
  { prefix, before, above }: Before,
): { path: string; guard: Guard }[] {
  const { modules } = walk;
  const { paths, rest } = readPaths(use.call.arguments, place, modules);
  const list = listOf(use, place.module.scopes);
  const values = list
    ? list.array.elements.map((element) => {
        const value = readValue(element, place, modules);
        const isMade = list.called && value.kind === 'function';
        return { value: isMade ? resultOf(value, [], modules) : value, argument: element };
      })
    : rest.map((argument) => ({ value: readValue(argument, place, modules), argument }));
  const guards = rest.map((each) => readBefore(each, place.module)).filter(isGuard);
  for (const path of paths) {
    const whole = joined(prefix, path);
    for (const { value, argument } of values) {
      if (readBefore(argument, place.module) !== 'unclear') continue;
      for (const item of itemsOf(value)) {
        if (item.kind === 'router') {
          const all = [...before(whole), ...guards];
          walkRouter(
            walk,
            item.router,
            { ...item.place, depth: 0 },
            { prefix: whole, guards: all, above },
          );
        } else if (item.kind === 'foreign' && item.member === 'static') {
          add(walk, 'GET', `${whole}/*`, place, [...before(whole), ...guards]);
        } else if (item.kind === 'function' && path !== '' && item.node.parameters.length === 2) {
          add(walk, 'ALL', `${whole}/*`, place, [...before(whole), ...guards]);
        } else if (mayMount(item.kind, path, argument)) {
          addUnclear(walk, argument, whole, place);
        }
      }
    }
  }
  const isAlone = values.every(({ value }) =>
    itemsOf(value).every(({ kind }) => kind !== 'router'),
  );
  return isAlone
    ? paths.flatMap((path) => guards.map((guard) => ({ path: joined(prefix, path), guard })))
    : [];
}

/** Without a path, what comes from elsewhere is taken for a middleware, unless its name says routes. */
function mayMount(kind: string, path: string, argument: ts.Expression): boolean {
  if (kind !== 'foreign' && kind !== 'other') return false;
  return path !== '' || /rout(es?|ers?)\b/i.test(textOf(argument));
}

/** `.route('/x').get(…).post(…)` */
function addRoutes(walk: Walk, start: ts.CallExpression, place: Place, at: Before): void {
  const { paths, rest } = readPaths(start.arguments, place, walk.modules);
  if (rest.length > 0) addUnclear(walk, start, at.prefix, place);
  if (rest.length > 0) return;
  const guards: Guard[] = [];
  for (let call = nextIn(start); call !== undefined; call = nextIn(call)) {
    const { arguments: handlers, expression } = call;
    const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
    if (method === 'all' && !isAnswer(handlers.at(-1))) {
      guards.push(...handlers.map((each) => readBefore(each, place.module)).filter(isGuard));
    } else if (methods.has(method)) {
      for (const path of paths) addHandled(walk, method, path, handlers, place, at, guards);
    }
  }
}

function addRoute(
  walk: Walk,
  call: ts.CallExpression,
  method: string,
  place: Place,
  at: Before,
): void {
  if (!methods.has(method) || call.arguments.length < 2) return;
  const { paths, rest } = readPaths(call.arguments, place, walk.modules);
  if (method === 'all' && !isAnswer(rest.at(-1))) return;
  if (rest.length === call.arguments.length) addUnclear(walk, call, at.prefix, place);
  else for (const path of paths) addHandled(walk, method, path, rest, place, at, []);
}

function addHandled(
  walk: Walk,
  method: string,
  path: string,
  handlers: readonly ts.Expression[],
  place: Place,
  { prefix, before }: Before,
  guards: readonly Guard[],
): void {
  const whole = joined(prefix, path);
  const passes = handlers.slice(0, -1).map((each) => readBefore(each, place.module));
  const all = [...before(whole), ...guards, ...passes.filter(isGuard)];
  add(walk, method.toUpperCase(), whole, place, all, passes.includes('unclear'));
}

function add(
  { found, known }: Walk,
  method: string,
  path: string,
  { module }: Place,
  guards: readonly Guard[],
  isUnclear = false,
): void {
  const guard = strictest(guards);
  const access = guard === 'public' && isUnclear ? undefined : guard;
  const route = { method, path: path === '' ? '/' : path, file: module.path, access };
  const key = `${method} ${route.path} ${route.file}`;
  if (!known.has(key)) found.routes.push(route);
  known.add(key);
}

function addUnclear({ found }: Walk, node: ts.Node, path: string, { module }: Place): void {
  const line = module.source.text.slice(0, startOf(node)).split('\n').length;
  const code = textOf(node).replace(/\s+/g, ' ').slice(0, 60);
  found.unclear.push({ file: module.path, line, path: path === '' ? '/' : path, code });
}

/** The call behind one in its chain. */
function nextIn(call: ts.CallExpression): ts.CallExpression | undefined {
  const outer = wrapped(call);
  const access = outer.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) return undefined;
  return ts.isCallExpression(access.parent) && access.parent.expression === access
    ? access.parent
    : undefined;
}

/** A function that gets a request and its answer, and passes nothing on. */
function isAnswer(handler: ts.Expression | undefined): boolean {
  const node = handler && unwrap(handler);
  return node !== undefined && isCallable(node) && node.parameters.length === 2;
}
