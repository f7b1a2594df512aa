import { ts } from 'ts-morph';
import {
  holdsStatements,
  homeOf,
  type Statements,
  statementOf,
} from '../../typescript/wire/expressions.ts';
import { declaredName, references } from '../../typescript/wire/scope.ts';
import { mountedCall } from './module-routes.ts';
import type { RoutesFile } from './mounted.ts';
import { isDead, isExported } from './reachable.ts';
import { listedRoutes, listOf } from './route-lists.ts';
import { ownerOf, routerCalls, type Use, wholeChain } from './router-uses.ts';

/** The router to mount on, and the statements among which it is filled. */
export type RouterPlace = {
  router: ts.Node;
  /** The name of its variable; a router that is made and returned in one expression has none. */
  name: string | undefined;
  home: ts.Node;
  statements: Statements | undefined;
};

/** Chooses the router that the modules' routes are mounted on, or else the only one there is. */
export function findRouterPlace(file: RoutesFile): RouterPlace | { reason: string } {
  const filled = file.uses.filter((use) => isMount(file, use));
  const places =
    filled.length > 0
      ? unique(filled.map((use) => placeIn(use.router, homeOf(use.call))))
      : routerCalls(file.scopes)
          .map(ownerOf)
          .filter((router) => isHeld(file, router))
          .map((router) => placeIn(router, homeOfRouter(file, router)));
  const outer = places.filter(({ router }) => isHandedOut(file, router));
  const chosen = filled.length > 0 && places.length > 1 ? outer : places;
  const [place] = chosen;
  if (place === undefined && places.length === 0) {
    return { reason: 'no variable with a Router() was found' };
  }
  if (place === undefined || chosen.length > 1) {
    const names = places.map(({ name }) => name ?? 'one without a name').join(', ');
    return { reason: `several routers were found (${names}), and it is unclear which one to use` };
  }
  return isInClass(place.home) ? { reason: 'the router is inside of a class' } : place;
}

/** Whether a call mounts the routes of modules, one by one or as a list. */
export function isMount(file: RoutesFile, use: Use): boolean {
  if (isDead(use.call)) return false;
  if (mountedCall(use, file.scopes)) return true;
  const list = listOf(use, file.scopes);
  return (
    list !== undefined &&
    (listedRoutes(list, file.scopes).length > 0 ||
      (list.called && list.array.elements.length === 0))
  );
}

function placeIn(router: ts.Node, home: ts.Node): RouterPlace {
  return {
    router,
    name: declaredName(router)?.text,
    home,
    statements: statementsAround(router, home),
  };
}

function statementsAround(router: ts.Node, home: ts.Node): Statements | undefined {
  const block = statementOf(router).parent;
  if (homeOf(router) === home && !ts.isParameter(router)) {
    return block && holdsStatements(block) ? block : undefined;
  }
  if (ts.isSourceFile(home)) return home;
  const body = ts.isFunctionLike(home) && 'body' in home ? home.body : undefined;
  return body && ts.isBlock(body) ? body : undefined;
}

// Where only one function adds routes to a top-level router, new routes are added there too.
function homeOfRouter(file: RoutesFile, router: ts.Node): ts.Node {
  const home = homeOf(router);
  if (!ts.isSourceFile(home) || !ts.isVariableDeclaration(router)) return home;
  const users = new Set(references(router, file.scopes).map(homeOf));
  const [user] = users;
  return users.size === 1 && user ? user : home;
}

/** A router in a variable, or one that is filled and returned where it is made. */
function isHeld(file: RoutesFile, router: ts.Node): boolean {
  if (ts.isVariableDeclaration(router)) return true;
  const made = routerCalls(file.scopes);
  return (
    leavesHere(router) && (made.length === 1 || file.uses.some((use) => use.router === router))
  );
}

function isHandedOut(file: RoutesFile, router: ts.Node): boolean {
  if (!ts.isVariableDeclaration(router)) return true;
  return isExported(router) || references(router, file.scopes).some(leavesHere);
}

function leavesHere(expression: ts.Node): boolean {
  const whole = wholeChain(expression);
  return (
    ts.isReturnStatement(whole.parent) ||
    ts.isExportAssignment(whole.parent) ||
    ts.isExportSpecifier(whole.parent) ||
    (ts.isArrowFunction(whole.parent) && whole.parent.body === whole)
  );
}

function unique(places: RouterPlace[]): RouterPlace[] {
  return places.filter(
    (place, i) =>
      places.findIndex(({ router, home }) => router === place.router && home === place.home) === i,
  );
}

function isInClass(node: ts.Node): boolean {
  return ts.isClassLike(node) || (node.parent !== undefined && isInClass(node.parent));
}
