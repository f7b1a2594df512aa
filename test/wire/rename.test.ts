import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WireResult } from '../../src/manifest/change.ts';
import { wireRoutes } from '../../src/stacks/express/wire/routes.ts';
import {
  renameRoutes,
  renameService,
  renameTable,
} from '../../src/stacks/typescript/wire/rename.ts';
import { wireServices } from '../../src/stacks/typescript/wire/services.ts';
import { wireTables } from '../../src/stacks/typescript/wire/tables.ts';
import { blogPosts, blogPostsService, orders } from './cases.ts';

const routes = { name: 'bookingsRoutes', from: './modules/bookings/bookings.routes.ts' };
const table = {
  name: 'articles',
  value: 'ArticlesTable',
  from: '../modules/articles/articles.table.ts',
};

const service = {
  name: 'articles',
  value: 'createArticlesService',
  from: './modules/articles/articles.service.ts',
};

type Kind = {
  folders: string[];
  wireBefore: (text: string) => WireResult;
  wireAfter: (text: string) => WireResult;
  there: (text: string) => WireResult;
  back: (text: string) => WireResult;
  /** What of the name before must not be left. */
  old: RegExp;
};

const kinds: Record<string, Kind> = {
  routes: {
    folders: ['routes', 'unwire-routes'],
    wireBefore: (text) => wireRoutes(text, orders),
    wireAfter: (text) => wireRoutes(text, routes),
    there: (text) => renameRoutes(text, orders, routes),
    back: (text) => renameRoutes(text, routes, orders),
    old: /(?<![/\w])(\.{0,2}\/)*modules\/orders\/orders\.routes/,
  },
  services: {
    folders: ['services', 'unwire-services'],
    wireBefore: (text) => wireServices(text, blogPostsService),
    wireAfter: (text) => wireServices(text, service),
    there: (text) => renameService(text, blogPostsService, service),
    back: (text) => renameService(text, service, blogPostsService),
    old: /(?<![/\w])(\.{0,2}\/)*modules\/blog-posts\/blog-posts\.service/,
  },
  tables: {
    folders: ['tables', 'unwire-tables'],
    wireBefore: (text) => wireTables(text, blogPosts),
    wireAfter: (text) => wireTables(text, table),
    there: (text) => renameTable(text, blogPosts, table),
    back: (text) => renameTable(text, table, blogPosts),
    old: /(?<![/\w])(\.{0,2}\/)*modules\/blog-posts\/blog-posts\.table/,
  },
};

/** Every way of writing these files that the codemods know, with the endpoint in it. */
function textsOf({ folders, wireBefore }: Kind): [string, string][] {
  return folders.flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder)).map((name): [string, string] => {
      const text = readFileSync(join(import.meta.dirname, folder, name, 'before.ts'), 'utf8');
      const wired = wireBefore(text);
      return [`${folder}/${name}`, wired.status === 'wired' ? wired.text : text];
    }),
  );
}

describe.each(Object.entries(kinds))('the name of an endpoint in %s', (_, kind) => {
  it.each(textsOf(kind))('%s', (_name, text) => {
    const renamed = kind.there(text);
    if (renamed.status !== 'wired') {
      // Then it has nothing to rename, or a person has to do it.
      if (renamed.status === 'already') expect(kind.wireBefore(text).status).not.toBe('already');
      return;
    }
    expect(renamed.text).not.toMatch(kind.old);
    expect(kind.there(renamed.text)).toEqual({ status: 'already' });
    expect(kind.back(renamed.text)).toEqual({ status: 'wired', text });
    // Whether it is mounted, and reached, is as it was.
    expect(kind.wireAfter(renamed.text).status).toBe(kind.wireBefore(text).status);
  });
});

describe('a rename of routes', () => {
  const file = (lines: string[]) => `${lines.join('\n')}\n`;

  it('keeps the place of the mount and what stands around it, and the order of the imports', () => {
    const text = file([
      "import { Router } from 'express';",
      "import { ordersRoutes } from './modules/orders/orders.routes.ts';",
      "import { productsRoutes } from './modules/products/products.routes.ts';",
      '',
      'export function createRoutes(deps: Dependencies): Router {',
      '  const router = Router();',
      '  router.use(slowDown, ordersRoutes(deps)); // the slow ones',
      '  router.use(productsRoutes(deps));',
      '  return router;',
      '}',
    ]);
    const tickets = { name: 'ticketsRoutes', from: './modules/tickets/tickets.routes.ts' };
    expect(renameRoutes(text, orders, tickets)).toEqual({
      status: 'wired',
      text: file([
        "import { Router } from 'express';",
        "import { productsRoutes } from './modules/products/products.routes.ts';",
        "import { ticketsRoutes } from './modules/tickets/tickets.routes.ts';",
        '',
        'export function createRoutes(deps: Dependencies): Router {',
        '  const router = Router();',
        '  router.use(slowDown, ticketsRoutes(deps)); // the slow ones',
        '  router.use(productsRoutes(deps));',
        '  return router;',
        '}',
      ]),
    });
  });

  it.each<[string, string[], string, string]>([
    [
      'where the new name is taken',
      [
        "import { ordersRoutes } from './modules/orders/orders.routes.ts';",
        'const bookingsRoutes = 1;',
        'export const all = [ordersRoutes];',
      ],
      'the name bookingsRoutes is already declared in this file',
      "import { bookingsRoutes } from './modules/bookings/bookings.routes.ts';\nexport const all = [bookingsRoutes];",
    ],
    [
      'where the file cannot be parsed',
      ["import { ordersRoutes } from './modules/orders/orders.routes.ts';", 'router.use('],
      'the file has syntax errors, so it was left alone',
      "import { bookingsRoutes } from './modules/bookings/bookings.routes.ts';",
    ],
  ])('is left to a person %s, who is shown the lines', (_, lines, reason, snippet) => {
    const result = renameRoutes(file(lines), orders, routes);
    expect(result).toEqual({ status: 'manual', reason, snippet });
  });
});
