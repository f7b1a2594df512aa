import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShelf, size } from './buffers/shelf.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 600_000 });

let shelf: Awaited<ReturnType<typeof openShelf>>;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.close());

/** A page of 100 rows in no order of the disk needs one buffer each, and a few of the index. */
const limit = 100;
const few = 2 * limit;

const walks = ['createdAt', 'score', 'price', 'code'].flatMap((sortBy) =>
  ['asc', 'desc'].map((sortOrder) => ({ sortBy, sortOrder })),
);
const filters = [{}, { kind: 'a' }, { minPrice: '100' }, { maxPrice: '4900' }, { minScore: 100 }];

describe('a page by cursor', () => {
  it.each(walks)('reads as little anywhere, by $sortBy $sortOrder', async (order) => {
    const seen = new Set<string>();
    let most = 0;
    let cursor: string | null | undefined;
    for (let pages = 0; cursor !== null; pages += 1) {
      const query = { ...order, limit, ...(cursor && { cursor }) };
      // Some of all pages, and those about the middle, where values end.
      const isMeasured = pages % 50 === 0 || Math.abs(pages - size / limit / 2) < 3;
      const measured = isMeasured ? await shelf.measure('items', query) : undefined;
      const page = measured?.page ?? (await shelf.list('items', query));
      for (const { id } of page?.rows ?? []) seen.add(id);
      most = Math.max(most, measured?.buffers ?? 0);
      cursor = page?.nextCursor;
    }
    expect(seen.size).toBe(size);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(few);
  });

  const narrowed = filters.flatMap((filter) => walks.map((order) => ({ ...order, ...filter })));

  it.each(narrowed)('reads as little where a filter leaves most rows: %j', async (query) => {
    let cursor: string | null | undefined;
    for (let pages = 0; pages < 6 && cursor !== null; pages += 1) {
      const { page, buffers } = await shelf.measure('items', {
        ...query,
        limit,
        ...(cursor && { cursor }),
      });
      expect(buffers).toBeLessThan(5 * few);
      cursor = page.nextCursor;
    }
  });
});

describe('a page by number', () => {
  it.each(['asc', 'desc'])('costs no more by what may be empty, %s', async (sortOrder) => {
    for (const page of [1, 250, 500, 750, 1000]) {
      const query = { sortOrder, page, perPage: limit };
      const always = await shelf.measure('sheets', { ...query, sortBy: 'score' });
      const sometimes = await shelf.measure('sheets', { ...query, sortBy: 'price' });
      expect(sometimes.page.rows).toHaveLength(limit);
      expect(sometimes.buffers).toBeLessThan(1.5 * always.buffers + few);
    }
  });
});

describe('a search', () => {
  const order = { sortBy: 'createdAt', sortOrder: 'desc' };

  it.each([
    ['a word that few rows have, in either column', 'needle', 6],
    ['capitals', 'NEEDLE', 6],
    ['a word that no row has', 'haystack', 0],
    ['three letters that no row has', 'xyz', 0],
    ['signs that stand for themselves', '100%_', 0],
  ])('reads the index for %s', async (_what, search, found) => {
    const { page, buffers } = await shelf.measure('items', { ...order, search, limit });
    expect(page.rows).toHaveLength(found);
    expect(buffers).toBeLessThan(few);
  });

  it('reads the index on every page, in every order', async () => {
    for (const query of walks) {
      const first = await shelf.measure('items', { ...query, search: 'needle', limit: 4 });
      const second = await shelf.measure('items', {
        ...query,
        search: 'needle',
        limit: 4,
        cursor: String(first.page.nextCursor),
      });
      expect(first.page.rows.length + second.page.rows.length).toBe(6);
      expect(first.buffers + second.buffers).toBeLessThan(few);
    }
  });

  it('finds among the first rows what most rows have', async () => {
    const { page, buffers } = await shelf.measure('items', { ...order, search: 'item', limit });
    expect(page.rows).toHaveLength(limit);
    expect(buffers).toBeLessThan(5 * few);
  });

  it('reads the index for pages by number', async () => {
    const query = { ...order, page: 1, perPage: limit, search: 'haystack' };
    const { buffers } = await shelf.measure('sheets', query);
    expect(buffers).toBeLessThan(few);
  });
});
