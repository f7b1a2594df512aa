import { ts } from 'ts-morph';
import { contains, homeOf } from '../../typescript/wire/expressions.ts';
import { findAll } from '../../typescript/wire/parse.ts';
import { references } from '../../typescript/wire/scope.ts';
import { finality } from './final-handlers.ts';
import type { RoutesFile } from './mounted.ts';
import { listOf } from './route-lists.ts';
import { isMount, type RouterPlace } from './router-place.ts';
import type { Use } from './router-uses.ts';

/** Where a new mount goes: beside a statement, or into a chain behind one of its calls. */
export type Spot =
  | { kind: 'after' | 'before'; statement: ts.Statement }
  | { kind: 'chain'; call: ts.Node };

/** The place behind the last mount that comes before any final handler and before the end. */
export function findSpot(file: RoutesFile, place: RouterPlace): Spot | { reason: string } {
  const uses = file.uses.filter(
    (use) => use.router === place.router && homeOf(use.call) === place.home,
  );
  if (place.name === undefined || !place.statements) {
    const end = uses.findIndex((use) => isFinal(file, use, false));
    return uses.every(({ direct }) => direct)
      ? behind(file, end === -1 ? uses : uses.slice(0, end), place.router)
      : { reason: 'no statement was found that adds routes to the router' };
  }
  const mounts = new Set(uses.filter((use) => isMount(file, use)));
  const lastMount = Math.max(...[...mounts].map(({ call }) => call.pos));
  const statements = statementsOf(place);
  const usesIn = byStatement(statements, uses, ({ call }) => call);
  const namesIn = byStatement(statements, references(place.router, file.scopes), (name) => name);
  let mount: ts.Statement | undefined;
  let other: ts.Statement | undefined;
  for (const statement of statements) {
    const mountsFollow = lastMount >= statement.end;
    const inside = usesIn.get(statement) ?? [];
    const last = inside.find((use) => isFinal(file, use, mountsFollow));
    const ends = ts.isReturnStatement(statement) || ts.isExportAssignment(statement);
    const own = inside.filter((use) => use.direct && use.statement === statement);
    const open = own.slice(0, last && own.includes(last) ? own.indexOf(last) : own.length);
    const hasMount = open.some((use) => mounts.has(use));

    if (last && !mount && !hasMount && finality(last, file.scopes) === 'maybe') {
      return {
        reason: `a handler for every path was found, and it is unclear whether it is the last one`,
      };
    }
    const isStart = contains(statement, place.router);
    if (last && own.includes(last) && (hasMount || isStart))
      return behind(file, open, place.router);
    if (ends && !last && own.length > 0 && (hasMount || !mount)) {
      return behind(file, open, place.router);
    }
    const mayLeave = leaves(statement, place.home);
    if (mayLeave && !ends && !mount && mountsFollow) {
      return { reason: 'the function may return before the routes are mounted' };
    }
    if (ends || last || mayLeave) return beside(mount ?? other, statement);
    if (hasMount || isLoopOfRoutes(file, inside, statement)) mount = statement;
    else if ((isStart || namesIn.has(statement)) && !isDeclaration(statement)) other = statement;
  }
  const anchor = mount ?? other;
  return anchor
    ? { kind: 'after', statement: anchor }
    : { reason: `no statement was found that adds routes to ${place.name}` };
}

function statementsOf(place: RouterPlace): ts.Statement[] {
  const statements = [...(place.statements?.statements ?? [])];
  const start = statements.findIndex((statement) => contains(statement, place.router));
  return statements.slice(Math.max(start, 0));
}

function beside(anchor: ts.Statement | undefined, end: ts.Statement): Spot {
  return anchor ? { kind: 'after', statement: anchor } : { kind: 'before', statement: end };
}

/** Behind the last mount of a chain, or its last call, or the router that begins it. */
function behind(file: RoutesFile, open: Use[], router: ts.Node): Spot {
  const use = open.findLast((each) => isMount(file, each)) ?? open.at(-1);
  const made = ts.isVariableDeclaration(router) ? router.initializer : router;
  return { kind: 'chain', call: use?.call ?? chainStart(made ?? router) };
}

// `Router()` at the bottom of the chain.
function chainStart(expression: ts.Node): ts.Node {
  return ts.isCallExpression(expression) &&
    ts.isPropertyAccessExpression(expression.expression) &&
    ts.isCallExpression(expression.expression.expression)
    ? chainStart(expression.expression.expression)
    : expression;
}

function isFinal(file: RoutesFile, use: Use, mountsFollow: boolean): boolean {
  const found = finality(use, file.scopes);
  return found === 'final' || (found === 'maybe' && !mountsFollow);
}

function leaves(statement: ts.Statement, home: ts.Node): boolean {
  if (ts.isThrowStatement(statement)) return true;
  return findAll(statement, ts.isReturnStatement).some((found) => homeOf(found) === home);
}

function isLoopOfRoutes(file: RoutesFile, uses: Use[], statement: ts.Statement): boolean {
  if (!ts.isForOfStatement(statement) && !ts.isExpressionStatement(statement)) return false;
  return uses.some((use) => listOf(use, file.scopes) !== undefined && isMount(file, use));
}

function isDeclaration(statement: ts.Statement): boolean {
  return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
}

/** What stands inside of each statement; both lists are in the order of the file. */
function byStatement<T>(
  statements: readonly ts.Statement[],
  found: readonly T[],
  nodeOf: (each: T) => ts.Node,
): Map<ts.Statement, T[]> {
  const groups = new Map<ts.Statement, T[]>();
  let at = 0;
  for (const each of found) {
    const node = nodeOf(each);
    let statement = statements[at];
    while (statement && statement.end < node.end) statement = statements[++at];
    if (!statement) break;
    if (!contains(statement, node)) continue;
    const group = groups.get(statement);
    if (group) group.push(each);
    else groups.set(statement, [each]);
  }
  return groups;
}
