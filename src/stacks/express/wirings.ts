import type { Manifest } from '../../spec/manifest.ts';
import { resourceNames } from '../../spec/names.ts';
import type { Wiring } from '../stack.ts';

/**
 * The lines that the shared files need for an endpoint. Their codemods load the TypeScript compiler
 * when they are first called.
 */
export function wirings(manifest: Manifest, plural: string): Wiring[] {
  const names = resourceNames(plural, manifest.endpoints[plural]?.singular);
  const module = `modules/${names.path}/${names.path}`;
  const route = { name: `${names.plural}Routes`, from: `./${module}.routes.ts` };
  const table = {
    name: names.table,
    type: `${names.Plural}Table`,
    from: `../${module}.table.ts`,
  };
  return [
    {
      kind: 'route',
      path: 'src/routes.ts',
      name: route.name,
      wire: async (text) => (await import('../../wire/routes.ts')).wireRoutes(text, route),
      unwire: async (text) =>
        (await import('../../wire/unwire-routes.ts')).unwireRoutes(text, route),
    },
    {
      kind: 'table',
      path: 'src/db/tables.ts',
      name: table.name,
      wire: async (text) => (await import('../../wire/tables.ts')).wireTables(text, table),
      unwire: async (text) =>
        (await import('../../wire/unwire-tables.ts')).unwireTables(text, table),
    },
  ];
}
