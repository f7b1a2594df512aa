import type { Level } from '../../manifest/access.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { type KnownRoles, knownRoles } from '../../manifest/roles.ts';
import { levelOf, whoMay } from '../../manifest/who.ts';
import type { FoundRoute, Listing, Route } from '../stack.ts';
import { listRoutes } from './routes.ts';
import type { Guard } from './wire/guards.ts';
import type { MountedRoute } from './wire/mounted-routes.ts';

const app = 'src/app.ts';
const page = 'src/http/page.ts';

/** The routes that the code of a project mounts, generated and hand-written. */
export async function readRoutes(
  manifest: Manifest,
  read: (path: string) => string | undefined,
): Promise<Listing> {
  const { readMounted } = await import('./wire/mounted-routes.ts');
  const generated = listRoutes(manifest);
  const roles = knownRoles(manifest.roles);
  const mounted = readMounted(read, app);
  if (mounted === undefined) {
    const reason = `The app in ${app} cannot be read: the list shows the routes of backend.json.`;
    return { routes: generated, unclear: [reason], missing: [] };
  }
  const byName = new Map(generated.map((route) => [nameOf(route), route]));
  const names = new Set(mounted.routes.map(nameOf));
  const routes = mounted.routes
    .filter((route) => !isOfPage(route))
    .map((route) => ({ ...route, access: accessOf(route, byName.get(nameOf(route)), roles) }));
  return {
    routes: inOrder(routes, generated),
    unclear: mounted.unclear
      .filter(({ file }) => file !== page)
      .map(({ file, line, path, code }) => {
        return `${file}:${line}: \`${code}\` may add routes below ${path} that are not listed.`;
      }),
    missing: generated.filter((route) => !names.has(nameOf(route))),
  };
}

/** The files of a page, and the redirect to the documentation, are not part of the API. */
const isOfPage = ({ path, file }: MountedRoute) => file === page || (file === app && path === '/');

/** The identity of a route, without the names of its parameters. */
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  `${method} ${path.replace(/:\w+/g, ':')}`;

/** The owner of a row is checked in the service, so the guard lets every user pass. */
function accessOf(
  { access }: MountedRoute,
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

/** Roles in the order of the project; unknown ones come last. */
const inOrderOf = (names: readonly string[], roles: readonly string[]) => [
  ...names.filter((name) => roles.includes(name)),
  ...roles.filter((role) => !names.includes(role)),
];

/** The routes file by file in the generated order; within a file as in the code. */
function inOrder(routes: readonly FoundRoute[], generated: readonly Route[]): FoundRoute[] {
  const files = [...new Set([...generated, ...routes].map(({ file }) => file))];
  return files.flatMap((file) => routes.filter((route) => route.file === file));
}
