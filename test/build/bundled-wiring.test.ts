import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../src/build/bundle.ts';
import type { WireResult } from '../../src/manifest/change.ts';
import { packageRoot } from '../../src/project/package-root.ts';
import { wireRoutes } from '../../src/stacks/express/wire/routes.ts';
import { unwireRoutes } from '../../src/stacks/express/wire/unwire-routes.ts';
import { isSoundTypeScript } from '../../src/stacks/typescript/wire/sound.ts';
import { unwireTables, wireTables } from '../../src/stacks/typescript/wire/tables.ts';

const root = packageRoot(import.meta.url);
const route = { name: 'ordersRoutes', from: './modules/orders/orders.routes.ts' };
const table = { name: 'orders', value: 'OrdersTable', from: '../modules/orders/orders.table.ts' };
const source = { wireRoutes, wireTables, unwireRoutes, unwireTables, isSoundTypeScript };
type Codemods = typeof source;
const kinds = {
  routes: (codemods: Codemods, text: string) => codemods.wireRoutes(text, route),
  tables: (codemods: Codemods, text: string) => codemods.wireTables(text, table),
  'unwire-routes': (codemods: Codemods, text: string) => codemods.unwireRoutes(text, route),
  'unwire-tables': (codemods: Codemods, text: string) =>
    codemods.unwireTables(text, {
      name: 'blog_posts',
      value: 'BlogPostsTable',
      from: '../modules/blog-posts/blog-posts.table.ts',
    }),
};
const modules = ['routes', 'tables', 'unwire-routes', 'unwire-tables'] as const;
let folder: string;
let bundled: Codemods;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  const entries = [
    ...['routes', 'unwire-routes'].map((name) => `express/wire/${name}`),
    ...['tables', 'sound'].map((name) => `typescript/wire/${name}`),
  ];
  await bundle(
    root,
    entries.map((entry) => `src/stacks/${entry}.ts`),
    folder,
  );
  const load = (entry: string) => import(pathToFileURL(join(folder, `${entry}.cjs`)).href);
  bundled = Object.assign({}, ...(await Promise.all(entries.map(load))));
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(modules)('edits %s with the bundled compiler as with ts-morph', async (kind) => {
  const cases = join(root, 'test/wire', kind);
  const statuses = new Set<WireResult['status']>();
  for (const name of await readdir(cases)) {
    const text = await readFile(join(cases, name, 'before.ts'), 'utf8');
    const result = kinds[kind](bundled, text);
    expect(result, name).toEqual(kinds[kind](source, text));
    statuses.add(result.status);
  }
  expect(statuses).toContain('wired');
  expect(statuses).toContain('manual');
});

it('finds the same files sound with the bundled compiler', async () => {
  const twice = [
    "import { a } from 'a'; const a = 1;",
    'class A { #b = 1; #b = 2 }',
    '({ 1: 1, 1: 2 })',
  ];
  for (const kind of modules) {
    const cases = join(root, 'test/wire', kind);
    for (const name of await readdir(cases)) {
      const text = await readFile(join(cases, name, 'before.ts'), 'utf8');
      expect(bundled.isSoundTypeScript(text), name).toBe(isSoundTypeScript(text));
    }
  }
  expect(twice.map(bundled.isSoundTypeScript)).toEqual([false, false, false]);
});
