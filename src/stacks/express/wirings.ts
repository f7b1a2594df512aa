import type { WireResult } from '../../manifest/change.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import type { EndpointRename } from '../../manifest/renames.ts';
import type { Renaming, Wiring } from '../stack.ts';
import { wireShortened } from '../typescript/wire/shorten.ts';

/**
 * The lines that the shared files need for an endpoint. Their codemods load the TypeScript compiler
 * when they are first called.
 */
export function wirings(manifest: Manifest, plural: string): Wiring[] {
  const { route, service, table } = linesOf(manifest, plural);
  return [
    {
      kind: 'route',
      path: ROUTES,
      name: route.name,
      wire: async (text) => {
        const { wireRoutes } = await import('./wire/routes.ts');
        return shortened(text, route, (each) => wireRoutes(each, route));
      },
      unwire: async (text) => (await import('./wire/unwire-routes.ts')).unwireRoutes(text, route),
    },
    {
      kind: 'service',
      path: SERVICES,
      name: service.value,
      wire: async (text) => {
        const { wireServices } = await import('../typescript/wire/services.ts');
        return shortened(text, service, (each) => wireServices(each, service));
      },
      unwire: async (text) =>
        (await import('../typescript/wire/services.ts')).unwireServices(text, service),
    },
    {
      kind: 'table',
      path: TABLES,
      name: table.name,
      wire: async (text) => {
        const { wireTables } = await import('../typescript/wire/tables.ts');
        return shortened(text, table, (each) => wireTables(each, table));
      },
      unwire: async (text) =>
        (await import('../typescript/wire/tables.ts')).unwireTables(text, table),
    },
  ];
}

/** Without the lines of most other endpoints, where there are many. */
const shortened = (
  text: string | undefined,
  { from, ...words }: { from: string; name: string; value?: string },
  wire: (text: string | undefined) => WireResult,
) => wireShortened(text, { from, words: Object.values(words) }, wire);

/** How the same lines are renamed where they stand. */
export function renamings(
  before: Manifest,
  after: Manifest,
  { from, to }: EndpointRename,
): Renaming[] {
  const [old, next] = [linesOf(before, from), linesOf(after, to)];
  const codemods: Readonly<Record<string, Renaming['rename']>> = {
    [ROUTES]: async (text) =>
      (await import('../typescript/wire/rename.ts')).renameRoutes(text, old.route, next.route),
    [SERVICES]: async (text) =>
      (await import('../typescript/wire/rename.ts')).renameService(text, old.service, next.service),
    [TABLES]: async (text) =>
      (await import('../typescript/wire/rename.ts')).renameTable(text, old.table, next.table),
  };
  return wirings(after, to).flatMap((wiring) => {
    const rename = codemods[wiring.path];
    return rename ? [{ after: wiring, rename }] : [];
  });
}

const ROUTES = 'src/routes.ts';
const SERVICES = 'src/services.ts';
const TABLES = 'src/db/tables.ts';

function linesOf(manifest: Manifest, plural: string) {
  const names = resourceNames(plural, manifest.endpoints[plural]?.singular);
  const module = `modules/${names.path}/${names.path}`;
  return {
    route: { name: `${names.plural}Routes`, from: `./${module}.routes.ts` },
    service: {
      name: names.plural,
      value: `create${names.Plural}Service`,
      from: `./${module}.service.ts`,
    },
    table: { name: names.table, value: `${names.Plural}Table`, from: `../${module}.table.ts` },
  };
}
