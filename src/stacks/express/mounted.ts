import type { Level } from '../../manifest/access.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { type KnownRoles, knownRoles } from '../../manifest/roles.ts';
import { levelOf, whoMay } from '../../manifest/who.ts';
import type { FoundRoute, Listing, Route } from '../stack.ts';
import { listRoutes } from './routes.ts';
import type { Guard } from './wire/guards.ts';
import type { MountedRoute } from './wire/mounted-routes.ts';

const app = 'src/app.ts';
const page = 'src/http/docs.ts';

/** What the code of a project mounts: what was generated, and what was written by hand beside it. */
export async function readRoutes(
  manifest: Manifest,
  read: (path: string) => string | undefined,
): Promise<Listing> {
  const { readMounted } = await import('./wire/mounted-routes.ts');
  const generated = listRoutes(manifest);
  const roles = knownRoles(manifest.roles);
  const mounted = readMounted(read, app);
  if (mounted === undefined) {
    const reason = `${app} makes no app that can be read: this is what backend.json says.`;
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
        return `${file}:${line}: nobody can tell what \`${code}\` answers below ${path}.`;
      }),
    missing: generated.filter((route) => !names.has(nameOf(route))),
  };
}

/** What the page of the documentation loads, and what leads to it, is not what callers ask for. */
const isOfPage = ({ path, file }: MountedRoute) =>
  (file === page && path.startsWith('/docs/')) || (file === app && path === '/');

/** What a caller asks for: the names of parameters are no part of it. */
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  `${method} ${path.replace(/:\w+/g, ':')}`;

/** Whose a row is, only its service asks: for that the guard lets every user pass. */
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

/** Roles in the order of the project; what it does not know comes last. */
const inOrderOf = (names: readonly string[], roles: readonly string[]) => [
  ...names.filter((name) => roles.includes(name)),
  ...roles.filter((role) => !names.includes(role)),
];

/** As they were generated, file by file; in a file as they stand there. */
function inOrder(routes: readonly FoundRoute[], generated: readonly Route[]): FoundRoute[] {
  const files = [...new Set([...generated, ...routes].map(({ file }) => file))];
  return files.flatMap((file) => routes.filter((route) => route.file === file));
}
