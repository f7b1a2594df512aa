import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import type { EndpointRename } from '../../manifest/renames.ts';
import { moduleName } from '../python/names.ts';
import type { Renaming, Wiring } from '../stack.ts';

const ROUTES = 'app/routes.py';

/** What `app/routes.py` needs for an endpoint: an import and a line that includes its router. */
export function wirings(manifest: Manifest, plural: string): Wiring[] {
  const route = routeOf(manifest, plural);
  return [
    {
      kind: 'route',
      path: ROUTES,
      name: route.name,
      wire: async (text) => (await import('./wire/routes.ts')).wireRoutes(text, route),
      unwire: async (text) => (await import('./wire/unwire.ts')).unwireRoutes(text, route),
    },
  ];
}

/** The same lines, given another name in their places. */
export function renamings(
  before: Manifest,
  after: Manifest,
  { from, to }: EndpointRename,
): Renaming[] {
  const [old, next] = [routeOf(before, from), routeOf(after, to)];
  return wirings(after, to).map((wiring) => ({
    after: wiring,
    rename: async (text) => (await import('./wire/rename.ts')).renameRoutes(text, old, next),
  }));
}

function routeOf(manifest: Manifest, plural: string) {
  const { table } = resourceNames(plural, manifest.endpoints[plural]?.singular);
  return { name: `${table}_router`, module: `app.modules.${moduleName(table)}.router` };
}
