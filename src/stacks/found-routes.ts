import type { Level } from '../manifest/access.ts';
import type { KnownRoles } from '../manifest/roles.ts';
import { levelOf, whoMay } from '../manifest/who.ts';
import type { FoundRoute, Route } from './stack.ts';

/** Who may pass: anybody, who is signed in, or who has one of these roles. */
export type Guard = 'public' | 'user' | readonly string[];

/** `access` is undefined where something that nobody can tell stands before the handler. */
export type GuardedRoute = {
  method: string;
  path: string;
  file: string;
  access: Guard | undefined;
};

/** Who passes where several guards have to be passed. */
export function strictest(guards: readonly Guard[]): Guard {
  return guards.reduce<Guard>((one, other) => {
    if (typeof one === 'string') return one === 'user' && other === 'public' ? one : other;
    return typeof other === 'string' ? one : one.filter((role) => other.includes(role));
  }, 'public');
}

/** The routes with who may ask, in the order in which they are generated, and those that are gone. */
export function compareRoutes(
  found: readonly GuardedRoute[],
  generated: readonly Route[],
  roles: KnownRoles,
): { routes: FoundRoute[]; missing: Route[] } {
  const byName = new Map(generated.map((route) => [nameOf(route), route]));
  const names = new Set(found.map(nameOf));
  const routes = found.map((route) => ({
    ...route,
    access: accessOf(route, byName.get(nameOf(route)), roles),
  }));
  return {
    routes: inOrder(routes, generated),
    missing: generated.filter((route) => !names.has(nameOf(route))),
  };
}

/** The identity of a route, without the names of its parameters. */
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  `${method} ${path.replace(/:\w+/g, ':')}`;

/** The owner of a row is checked in the service, so the guard lets every user pass. */
function accessOf(
  { access }: GuardedRoute,
  generated: Route | undefined,
  roles: KnownRoles,
): FoundRoute['access'] {
  const { admin, names } = roles;
  if (access === undefined) return generated?.access ?? 'unknown';
  if (generated !== undefined && isGuardOf(generated.access, access, roles)) {
    return generated.access;
  }
  if (typeof access === 'string') return access;
  return access.length === 0 ? 'nobody' : levelOf(inOrderOf(names, access), admin);
}

function isGuardOf(level: Level, access: Guard, known: KnownRoles): boolean {
  const { kind, isOwner, roles } = whoMay('update', level, known);
  if (typeof access === 'string') return access === (isOwner ? 'user' : kind);
  return kind === 'some' && !isOwner && inOrderOf(known.names, access).join() === roles.join();
}

/** Roles in the order of the project; what it does not know comes last. */
const inOrderOf = (names: readonly string[], roles: readonly string[]) => [
  ...names.filter((name) => roles.includes(name)),
  ...roles.filter((role) => !names.includes(role)),
];

/** The routes file by file in the generated order; within a file as in the code. */
function inOrder(routes: readonly FoundRoute[], generated: readonly Route[]): FoundRoute[] {
  const files = [...new Set([...generated, ...routes].map(({ file }) => file))];
  return files.flatMap((file) => routes.filter((route) => route.file === file));
}
