import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { compareRoutes, type GuardedRoute } from '../found-routes.ts';
import type { Listing } from '../stack.ts';
import { listRoutes } from './routes.ts';

const app = 'app/main.py';
const page = 'app/http/docs.py';

/** The routes that the code of a project includes, generated and hand-written. */
export async function readRoutes(
  manifest: Manifest,
  read: (path: string) => string | undefined,
): Promise<Listing> {
  const { readIncluded } = await import('./wire/included.ts');
  const generated = listRoutes(manifest);
  const { routes, unclear } = readIncluded(read, app);
  const known = new Set(generated.map(({ path }) => path));
  // The files of a page, and the redirect to it, are no part of the API.
  const isOfPage = ({ path, file }: GuardedRoute) =>
    !known.has(path) && (file === page || (file === app && path === '/'));
  const found = routes.filter((route) => !isOfPage(route));
  return { ...compareRoutes(found, generated, knownRoles(manifest.roles)), unclear };
}
