import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import type { GuardedRoute } from '../found-routes.ts';
import { compareRoutes } from '../found-routes.ts';
import type { Listing } from '../stack.ts';
import { listRoutes } from './routes.ts';

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
  const found = answering(
    mounted.routes.filter((route) => !isOfPage(route)),
    manifest,
  );
  return {
    ...compareRoutes(found, generated, roles),
    unclear: mounted.unclear
      .filter(({ file }) => file !== page)
      .map(({ file, line, path, code }) => {
        return `${file}:${line}: \`${code}\` may add routes below ${path} that are not listed.`;
      }),
  };
}

/** Below the base path of an old version, its own routes answer before those that it shares. */
function answering(routes: GuardedRoute[], { versions = {} }: Manifest): GuardedRoute[] {
  const old = Object.values(versions).map(({ basePath }) => `${basePath}/`);
  const seen = new Set<string>();
  return routes.filter(({ method, path }) => {
    const key = `${method} ${path}`;
    const isHidden = seen.has(key) && old.some((basePath) => path.startsWith(basePath));
    seen.add(key);
    return !isHidden;
  });
}

/** The files of a page, and the redirect to the documentation, are not part of the API. */
const isOfPage = ({ path, file }: GuardedRoute) => file === page || (file === app && path === '/');
