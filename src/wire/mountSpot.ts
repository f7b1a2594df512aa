import { ts } from 'ts-morph';
import { contains, homeOf } from './expressions.ts';
import { finality } from './finalHandlers.ts';
import type { RoutesFile } from './mounted.ts';
import { findAll } from './parse.ts';
import { references } from './reachable.ts';
import { listOf } from './routeLists.ts';
import { isMount, type RouterPlace } from './routerPlace.ts';
import type { Use } from './routerUses.ts';

/** Where a new mount goes: beside a statement, or into a chain behind one of its calls. */
export type Spot =
  | { kind: 'after' | 'before'; statement: ts.Statement }
  | { kind: 'chain'; call: ts.Node };

/** The place behind the last mount that comes before any final handler and before the end. */
export function findSpot(file: RoutesFile, place: RouterPlace): Spot | { reason: string } {
  const uses = file.uses.filter(({ router }) => router === place.router);
  if (place.name === undefined) return inChain(file, uses, place.router);
  const statements = place.statements?.statements ?? [];
  const mounts = uses.filter((use) => isMount(file, use));
  let mount: ts.Statement | undefined;
  let other: ts.Statement | undefined;
  for (const statement of statements) {
    const own = uses.filter((use) => use.direct && use.statement === statement);
    const later = mounts.filter((use) => use.call.pos >= statement.end);
    const isLast = (use: Use) => isFinal(file, use, later.length > 0);
    const ends = ts.isReturnStatement(statement) || ts.isExportAssignment(statement);
    const hasMount = own.some((use) => mounts.includes(use));
    if (own.length > 0 && (own.some(isLast) || ends)) {
      const isStart = contains(statement, place.router);
      if (hasMount || isStart || (ends && !mount && !own.some(isLast))) {
        return inChain(file, own, place.router, isLast);
      }
    }
    if (
      ends ||
      uses.some((use) => isLast(use) && contains(statement, use.call)) ||
      leaves(statement, place.home)
    ) {
      if (!ends && !mount && leaves(statement, place.home) && later.length > 0) {
        return { reason: 'the function may return before the place where routes are mounted' };
      }
      return besides(mount ?? other, statement);
    }
    if (hasMount || isLoopOfRoutes(file, uses, statement)) mount = statement;
    else if (mentions(file, place, statement)) other = statement;
  }
  const last = mount ?? other;
  return last
    ? { kind: 'after', statement: last }
    : { reason: `no statement was found that shows where ${place.name} is filled` };
}

function besides(anchor: ts.Statement | undefined, end: ts.Statement): Spot {
  return anchor ? { kind: 'after', statement: anchor } : { kind: 'before', statement: end };
}

function inChain(
  file: RoutesFile,
  own: Use[],
  router: ts.Node,
  isLast = (use: Use) => isFinal(file, use, false),
): Spot {
  const end = own.findIndex(isLast);
  const open = end === -1 ? own : own.slice(0, end);
  const call = open.findLast((use) => isMount(file, use)) ?? open.at(-1);
  return { kind: 'chain', call: call?.call ?? chainStart(own[0], router) };
}

// `Router()` itself, or the name of the variable.
function chainStart(first: Use | undefined, router: ts.Node): ts.Node {
  const callee = first?.call.expression;
  return callee && ts.isPropertyAccessExpression(callee) ? callee.expression : router;
}

function isFinal(file: RoutesFile, use: Use, mountsFollow: boolean): boolean {
  if (isMount(file, use)) return false;
  const found = finality(use, file.scopes);
  return found === 'final' || (found === 'maybe' && !mountsFollow);
}

function leaves(statement: ts.Statement, home: ts.Node): boolean {
  if (ts.isThrowStatement(statement)) return true;
  return findAll(statement, ts.isReturnStatement).some((found) => homeOf(found) === home);
}

function isLoopOfRoutes(file: RoutesFile, uses: Use[], statement: ts.Statement): boolean {
  if (!ts.isForOfStatement(statement) && !ts.isExpressionStatement(statement)) return false;
  return uses.some(
    (use) =>
      contains(statement, use.call) && listOf(use, file.scopes) !== undefined && isMount(file, use),
  );
}

function mentions(file: RoutesFile, place: RouterPlace, statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return false;
  return (
    contains(statement, place.router) ||
    references(place.router, file.scopes).some((name) => contains(statement, name))
  );
}
