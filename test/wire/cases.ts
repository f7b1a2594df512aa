import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { WireResult } from '../../src/manifest/change.ts';

/** What the cases wire and take out. */
export const orders = { name: 'ordersRoutes', from: './modules/orders/orders.routes.ts' };
export const blogPosts = {
  name: 'blog_posts',
  value: 'BlogPostsTable',
  from: '../modules/blog-posts/blog-posts.table.ts',
};

export const blogPostsService = {
  name: 'blogPosts',
  value: 'createBlogPostsService',
  from: './modules/blog-posts/blog-posts.service.ts',
};

export type Codemod = (text: string) => WireResult;

/**
 * A case is a folder: `before.ts` and `after.ts` (or `.py`), or `before.ts` and a file `outcome` that says
 * `already`, or `manual` and a part of the reason. `UPDATE_WIRE=1` writes the missing `after.ts`.
 * Expects what the folder says, and that doing it twice changes nothing more.
 */
export function expectCase(
  folder: string,
  codemod: Codemod,
  ending = 'ts',
): { before: string; result: WireResult } {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const before = read(`before.${ending}`);
  const result = codemod(before);
  if (existsSync(join(folder, 'outcome'))) {
    const [status, ...reason] = read('outcome').trim().split(' ');
    expect(result).toMatchObject({ status });
    if (result.status === 'manual') {
      expect(reason).not.toEqual([]);
      expect(result.reason).toContain(reason.join(' '));
    }
    return { before, result };
  }
  if (result.status !== 'wired') {
    expect(result).toMatchObject({ status: 'wired' });
    return { before, result };
  }
  if (process.env.UPDATE_WIRE && !existsSync(join(folder, `after.${ending}`))) {
    writeFileSync(join(folder, `after.${ending}`), result.text);
  }
  expect(result.text).toBe(read(`after.${ending}`));
  expect(codemod(result.text)).toEqual({ status: 'already' });
  return { before, result };
}
