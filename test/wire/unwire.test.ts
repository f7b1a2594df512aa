import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wireRoutes } from '../../src/stacks/express/wire/routes.ts';
import { unwireRoutes } from '../../src/stacks/express/wire/unwire-routes.ts';
import { unwireServices, wireServices } from '../../src/stacks/typescript/wire/services.ts';
import { unwireTables, wireTables } from '../../src/stacks/typescript/wire/tables.ts';
import type { Codemod } from './cases.ts';
import { blogPosts, blogPostsService, expectCase, orders } from './cases.ts';

const kinds: Record<string, { wire: Codemod; unwire: Codemod }> = {
  routes: {
    wire: (text) => wireRoutes(text, orders),
    unwire: (text) => unwireRoutes(text, orders),
  },
  services: {
    wire: (text) => wireServices(text, blogPostsService),
    unwire: (text) => unwireServices(text, blogPostsService),
  },
  tables: {
    wire: (text) => wireTables(text, blogPosts),
    unwire: (text) => unwireTables(text, blogPosts),
  },
};

const folderOf = (kind: string) => join(import.meta.dirname, kind);

/** What is wired to the same text as another case can only be taken back to one of the two. */
const ambiguous = new Set(['tables/empty-several-lines']);

describe.each(Object.entries(kinds))('taken out of %s', (kind, { unwire }) => {
  const folder = folderOf(`unwire-${kind}`);
  it.each(readdirSync(folder))('%s', (name) => {
    const { before, result } = expectCase(join(folder, name), unwire);
    if (result.status === 'manual') {
      for (const line of result.snippet.split('\n')) expect(before).toContain(line);
    }
    if (result.status === 'wired') expect(isPartOf(result.text, before)).toBe(true);
  });
});

describe.each(Object.entries(kinds))('every case that is wired: %s', (kind, { wire, unwire }) => {
  const wired = readdirSync(folderOf(kind)).flatMap((name) => {
    const before = readFileSync(join(folderOf(kind), name, 'before.ts'), 'utf8');
    const result = wire(before);
    const isHalf = unwire(before).status !== 'already';
    return result.status === 'wired' ? [{ name, before, text: result.text, isHalf }] : [];
  });

  it.each(wired.filter(({ isHalf }) => !isHalf))('$name is taken back', (each) => {
    const result = unwire(each.text);
    expect(result).toMatchObject({ status: 'wired' });
    if (result.status !== 'wired') return;
    if (!ambiguous.has(`${kind}/${each.name}`)) expect(result.text).toBe(each.before);
    expect(unwire(result.text)).toEqual({ status: 'already' });
    expect(wire(result.text)).toEqual({ status: 'wired', text: each.text });
  });

  it.each(wired.filter(({ isHalf }) => isHalf))(
    '$name loses what it had of it before, too',
    (each) => {
      expect(unwire(each.text)).toEqual(unwire(each.before));
      expect(unwire(each.text)).toMatchObject({ status: 'wired' });
    },
  );
});

describe.each(Object.entries(kinds))('a damaged file: %s', (kind, { unwire }) => {
  it('loses the endpoint wholly or is left alone', () => {
    const folder = folderOf(`unwire-${kind}`);
    for (const name of readdirSync(folder)) {
      const lines = readFileSync(join(folder, name, 'before.ts'), 'utf8').split(/(?<=\n)/);
      for (const [i] of lines.entries()) {
        for (const text of [lines.slice(0, i).join(''), lines.toSpliced(i, 1).join('')]) {
          const result = unwire(text);
          if (result.status !== 'wired') continue;
          expect(unwire(result.text)).toEqual({ status: 'already' });
          expect(isPartOf(result.text, text)).toBe(true);
        }
      }
    }
  }, 60_000);
});

describe('what a person is told to take out', () => {
  it('is every line that mentions the endpoint, as it stands in the file', () => {
    const lines = [
      "import { Router } from 'express';",
      "import { ordersRoutes } from './modules/orders/orders.routes.ts';",
      'export function createRoutes(deps) {',
      '  const router = Router();',
      '  router.use(',
      "    '/orders',",
      '    requireStaff,',
      '    ordersRoutes(deps),',
      '  );',
      '  return router;',
      '}',
    ];
    expect(unwireRoutes(lines.join('\n'), orders)).toEqual({
      status: 'manual',
      reason: 'the mount of ordersRoutes stands in one call with other handlers',
      snippet: [...lines.slice(1, 2), ...lines.slice(4, 9)].join('\n'),
    });
  });

  it('is nothing where the file is gone', () => {
    expect(unwireRoutes(undefined, orders)).toEqual({ status: 'already' });
    expect(unwireTables(undefined, blogPosts)).toEqual({ status: 'already' });
  });
});

/** Whether `part` is what is left of `text` after something was taken out. */
function isPartOf(part: string, text: string): boolean {
  let at = 0;
  for (let i = 0; i < text.length; i += 1) if (text[i] === part[at]) at += 1;
  return at === part.length;
}
