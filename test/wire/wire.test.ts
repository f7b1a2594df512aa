import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wireRoutes } from '../../src/stacks/express/wire/routes.ts';
import { wireServices } from '../../src/stacks/typescript/wire/services.ts';
import { wireTables } from '../../src/stacks/typescript/wire/tables.ts';
import type { Codemod } from './cases.ts';
import { blogPosts, blogPostsService, expectCase, orders } from './cases.ts';

const kinds: Record<string, Codemod> = {
  routes: (text) => wireRoutes(text, orders),
  services: (text) => wireServices(text, blogPostsService),
  tables: (text) => wireTables(text, blogPosts),
};

describe.each(Object.entries(kinds))('%s', (kind, wire) => {
  const folder = join(import.meta.dirname, kind);
  it.each(readdirSync(folder))('%s', (name) => {
    const { before, result } = expectCase(join(folder, name), wire);
    if (result.status === 'wired') expect(isBeforeWithInsertions(before, result.text)).toBe(true);
  });
});

describe.each(Object.entries(kinds))('every case of %s', (kind, wire) => {
  it('is wired alike with the line endings of Windows', () => {
    for (const before of allBefores(kind).filter((text) => !text.includes('\r'))) {
      const plain = wire(before);
      const windows = wire(before.replaceAll('\n', '\r\n'));
      expect(windows.status).toBe(plain.status);
      if (plain.status === 'wired' && windows.status === 'wired') {
        // A file of one line shows no line ending to follow.
        if (!/\n./.test(before)) continue;
        expect(windows.text).toBe(plain.text.replaceAll('\n', '\r\n'));
      }
    }
  });

  it('gets an answer that holds wherever the file is cut off or has lost a line', () => {
    for (const before of allBefores(kind)) {
      const lines = before.split(/(?<=\n)/);
      const damaged = lines.flatMap((_, i) => [
        lines.slice(0, i).join(''),
        lines.toSpliced(i, 1).join(''),
      ]);
      for (const text of damaged) {
        const result = wire(text);
        if (result.status !== 'wired') continue;
        expect(wire(result.text)).toEqual({ status: 'already' });
        expect(isBeforeWithInsertions(text, result.text)).toBe(true);
      }
    }
  }, 60_000);
});

describe('what a person is told to paste', () => {
  it('is the import and the mount, each with its place', () => {
    expect(wireRoutes(undefined, orders)).toEqual({
      status: 'manual',
      reason: 'the file is missing: restore it first',
      snippet: [
        '// with the imports',
        "import { ordersRoutes } from './modules/orders/orders.routes.ts';",
        '',
        '// where the routes are mounted, before any not-found or error handler',
        'router.use(ordersRoutes(deps));',
      ].join('\n'),
    });
  });

  it('is the mount alone where the import is there, with the name that the file gives it', () => {
    const text = readFileSync(join(import.meta.dirname, 'routes/two-routers/before.ts'), 'utf8');
    const alias = "import { ordersRoutes as o } from './modules/orders/orders.routes.ts';\n";
    expect(wireRoutes(alias + text, orders)).toMatchObject({
      snippet: [
        '// where the routes are mounted, before any not-found or error handler',
        'router.use(o(deps));',
      ].join('\n'),
    });
  });

  it('is the import and the property of a table', () => {
    expect(wireTables(undefined, blogPosts)).toEqual({
      status: 'manual',
      reason: 'the file is missing: restore it first',
      snippet: [
        '// with the imports',
        "import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';",
        '',
        '// in `interface Tables { … }`',
        'blog_posts: BlogPostsTable;',
      ].join('\n'),
    });
  });
});

/** Whether taking what was added out of `after` gives back `before`, byte for byte and in order. */
function isBeforeWithInsertions(before: string, after: string): boolean {
  let at = 0;
  for (let i = 0; i < after.length; i += 1) if (after[i] === before[at]) at += 1;
  return at === before.length;
}

function allBefores(kind: string): string[] {
  const folder = join(import.meta.dirname, kind);
  return readdirSync(folder).map((name) => readFileSync(join(folder, name, 'before.ts'), 'utf8'));
}
