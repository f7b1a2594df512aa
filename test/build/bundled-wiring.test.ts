import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../src/build/bundle.ts';
import { packageRoot } from '../../src/project/package-root.ts';
import type { WireResult } from '../../src/spec/change.ts';
import { wireRoutes } from '../../src/wire/routes.ts';
import { wireTables } from '../../src/wire/tables.ts';

const root = packageRoot(import.meta.url);
const route = { name: 'ordersRoutes', from: './modules/orders/orders.routes.ts' };
const table = { name: 'orders', type: 'OrdersTable', from: '../modules/orders/orders.table.ts' };
type Wire = { wireRoutes: typeof wireRoutes; wireTables: typeof wireTables };
const kinds = {
  routes: (wire: Wire, text: string) => wire.wireRoutes(text, route),
  tables: (wire: Wire, text: string) => wire.wireTables(text, table),
};
let folder: string;
let bundled: Wire;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  await bundle(root, ['src/wire/routes.ts', 'src/wire/tables.ts'], folder);
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
  bundled = { ...(await load('routes.js')), ...(await load('tables.js')) };
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(['routes', 'tables'] as const)(
  'wires %s with the bundled compiler as with ts-morph',
  async (kind) => {
    const cases = join(root, 'test/wire', kind);
    const statuses = new Set<WireResult['status']>();
    for (const name of await readdir(cases)) {
      const text = await readFile(join(cases, name, 'before.ts'), 'utf8');
      const result = kinds[kind](bundled, text);
      expect(result, name).toEqual(kinds[kind]({ wireRoutes, wireTables }, text));
      statuses.add(result.status);
    }
    expect(statuses).toContain('wired');
    expect(statuses).toContain('manual');
  },
);
