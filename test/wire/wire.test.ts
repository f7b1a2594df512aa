import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffIndices } from 'node-diff3';
import { describe, expect, it } from 'vitest';
import type { WireResult } from '../../src/spec/change.ts';
import { wireRoutes } from '../../src/wire/routes.ts';
import { wireTables } from '../../src/wire/tables.ts';

const orders = { name: 'ordersRoutes', from: './modules/orders/orders.routes.ts' };
const blogPosts = {
  name: 'blog_posts',
  type: 'BlogPostsTable',
  from: '../modules/blog-posts/blog-posts.table.ts',
};

const kinds: Record<string, (text: string) => WireResult> = {
  routes: (text) => wireRoutes(text, orders),
  tables: (text) => wireTables(text, blogPosts),
};

/**
 * A case is a folder: `before.ts` and `after.ts`, or `before.ts` and a file `outcome` that says
 * `already`, or `manual` and a part of the reason. `UPDATE_WIRE=1` writes the missing `after.ts`.
 */
describe.each(Object.entries(kinds))('%s', (kind, wire) => {
  const folder = join(import.meta.dirname, kind);
  it.each(readdirSync(folder))('%s', (name) => {
    const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');
    const before = read('before.ts');
    const result = wire(before);

    if (existsSync(join(folder, name, 'outcome'))) {
      const [status, ...reason] = read('outcome').trim().split(' ');
      expect(result).toMatchObject({ status });
      if (result.status === 'manual') {
        expect(reason).not.toEqual([]);
        expect(result.reason).toContain(reason.join(' '));
      }
      return;
    }

    if (result.status !== 'wired') return expect(result).toMatchObject({ status: 'wired' });
    if (process.env.UPDATE_WIRE && !existsSync(join(folder, name, 'after.ts'))) {
      writeFileSync(join(folder, name, 'after.ts'), result.text);
    }
    expect(result.text).toBe(read('after.ts'));
    expect(wire(result.text)).toEqual({ status: 'already' });
    expect(isBeforeWithInsertions(before, result.text)).toBe(true);
  });
});

describe('a file that is missing', () => {
  it.each([wireRoutes(undefined, orders), wireTables(undefined, blogPosts)])('%o', (result) => {
    expect(result).toMatchObject({ status: 'manual', reason: 'the file is missing' });
  });
});

/** Whether taking the added lines out of `after` gives back `before`, byte for byte and in order. */
function isBeforeWithInsertions(before: string, after: string): boolean {
  return diffIndices(before.split(/(?<=\n)/), after.split(/(?<=\n)/)).every((hunk) =>
    isSubsequence(hunk.buffer1Content.join(''), hunk.buffer2Content.join('')),
  );
}

// A line that was edited, as a list on one line is, keeps its own characters.
function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const sign of whole) if (sign === part[at]) at += 1;
  return at === part.length;
}
