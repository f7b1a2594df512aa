import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, fieldsOf, idsOf, type Row, toRows } from './api.ts';
import { filtersContract } from './filters.ts';
import { categories, newNews, newPerson, people, serial } from './samples.ts';

const sorts = ['headline', 'score', 'rank', 'price', 'published', 'day', 'at', 'kind', 'createdAt'];
const cases = sorts.flatMap((sortBy) =>
  ['asc', 'desc'].map((sortOrder) => ({ sortBy, sortOrder })),
);

/** Lists: pages of both kinds to their end, in every order, narrowed by every filter. */
export function listsContract(api: () => Api): void {
  describe('pages by cursor', () => {
    let list: string;
    let rows: Row[];
    beforeAll(async () => {
      const { id: authorId } = await newPerson(api());
      list = `${people}/${authorId}/news`;
      rows = [];
      for (let index = 0; index < 9; index += 1)
        rows.push(await newNews(api(), tied(index, authorId)));
    });

    it.each(cases)('lead to the end, sorted by $sortBy $sortOrder', async (query) => {
      const expected = inOrder(rows, query.sortBy, query.sortOrder);
      for (const limit of [1, 2, 4, 9, 100]) {
        const path = `${list}?${new URLSearchParams({ ...query, limit: String(limit) })}`;
        expect(await walk(api(), path)).toEqual(expected);
      }
    });

    it('have the newest first where nothing else is asked for, and 20 rows at most', async () => {
      const { data, meta } = await api().get(list);
      expect(idsOf(toRows(data))).toEqual(inOrder(rows, 'createdAt', 'desc'));
      expect(meta).toMatchObject({ limit: 20, nextCursor: null });
    });

    it('neither repeat nor miss a row when others come and go meanwhile', async () => {
      const { id: authorId } = await newPerson(api());
      const own = `${people}/${authorId}/news`;
      const stay: Row[] = [];
      for (let index = 0; index < 6; index += 1) stay.push(await newNews(api(), { authorId }));
      const first = await api().get(`${own}?limit=2`);
      const read = idsOf(toRows(first.data));
      await newNews(api(), { authorId });
      await api().delete(`/api/news/${read.at(-1)}`);
      read.push(...(await walk(api(), `${own}?limit=2`, String(first.meta.nextCursor))));
      expect(read).toEqual(idsOf(stay).reverse());
    });

    it('go on past a value as long as the field allows', async () => {
      const nickName = `${serial()}${'\u0001"\\'.repeat(81)}`.padEnd(255, '🙂').slice(0, 254);
      for (let index = 0; index < 3; index += 1) await newPerson(api(), { nickName });
      const search = new URLSearchParams({ search: nickName.slice(0, 12), sortBy: 'nickName' });
      expect(await walk(api(), `${people}?${search}&limit=1`)).toHaveLength(3);
    });

    it('refuse a cursor of another order, of other filters, or one that was changed', async () => {
      const { meta } = await api().get(`${list}?limit=2&sortBy=rank&minRank=0`);
      const cursor = String(meta.nextCursor);
      const middle = Math.floor(cursor.length / 2);
      const changed =
        cursor.slice(0, middle) + (cursor[middle] === 'A' ? 'B' : 'A') + cursor.slice(middle + 1);
      const queries = [
        `sortBy=score&minRank=0&cursor=${cursor}`,
        `sortBy=rank&sortOrder=asc&minRank=0&cursor=${cursor}`,
        `sortBy=rank&minRank=1&cursor=${cursor}`,
        `sortBy=rank&cursor=${cursor}`,
        `sortBy=rank&minRank=0&cursor=${changed}`,
        `sortBy=rank&minRank=0&cursor=${cursor.slice(0, -5)}`,
        `sortBy=rank&minRank=0&cursor=${forged(cursor)}`,
        'cursor=',
        'cursor=abc',
        `cursor=${Buffer.from('{"value":1}').toString('base64url')}`,
        `cursor=${'a'.repeat(9000)}`,
      ];
      for (const query of queries) {
        const answer = await api().get(`${list}?${query}`);
        expect([query, answer.status, fieldsOf(answer)]).toEqual([query, 422, ['cursor']]);
      }
      const smaller = await api().get(`${list}?sortBy=rank&minRank=0&limit=1&cursor=${cursor}`);
      expect(smaller.status).toBe(200);
    });

    it('refuse the cursor of another parent', async () => {
      const { id } = await newPerson(api());
      const { meta } = await api().get(`${list}?limit=2`);
      const answer = await api().get(`${people}/${id}/news?limit=2&cursor=${meta.nextCursor}`);
      expect([answer.status, fieldsOf(answer)]).toEqual([422, ['cursor']]);
    });
  });

  describe('pages by number', () => {
    let list: string;
    let rows: Row[];
    beforeAll(async () => {
      const parent = await api().create(categories, { name: serial() });
      list = `${categories}?parentId=${parent.id}`;
      rows = [];
      for (let index = 0; index < 5; index += 1) {
        const values = { name: serial(), parentId: parent.id, order: index % 2 };
        rows.push(await api().create(categories, values));
      }
    });

    it.each([
      ['order', 'asc'],
      ['order', 'desc'],
      ['createdAt', 'asc'],
      ['createdAt', 'desc'],
    ])('lead to the end, sorted by %s %s', async (sortBy, sortOrder) => {
      const read: string[] = [];
      for (const page of [1, 2, 3]) {
        const path = `${list}&sortBy=${sortBy}&sortOrder=${sortOrder}&perPage=2&page=${page}`;
        const { data, meta } = await api().get(path);
        expect(meta).toMatchObject({ page, perPage: 2, total: 5, totalPages: 3 });
        read.push(...idsOf(toRows(data)));
      }
      expect(read).toEqual(inOrder(rows, sortBy, sortOrder));
    });

    it.each([
      ['beyond the last', 4, { page: 4, total: 5, totalPages: 3 }],
      ['far beyond it', 2_000_000_000, { total: 5, totalPages: 3 }],
    ])('are empty %s', async (_where, page, expected) => {
      const { status, data, meta } = await api().get(`${list}&perPage=2&page=${page}`);
      expect([status, data]).toEqual([200, []]);
      expect(meta).toMatchObject(expected);
    });
  });

  it.each([
    [
      people,
      'limit',
      ['0', '-1', '101', '1.5', '1e1', '+5', ' 5', '٣', '', '99999999999999999999'],
    ],
    [categories, 'perPage', ['0', '-1', '101', 'ten', '']],
    [categories, 'page', ['0', '-1', '1.5', 'last', '99999999999999999999']],
  ])('%s refuses a %s out of bounds', async (path, name, values) => {
    for (const value of values) {
      const answer = await api().get(`${path}?${new URLSearchParams([[name, value]])}`);
      expect([value, answer.status, fieldsOf(answer)]).toEqual([value, 422, [name]]);
    }
  });

  it.each(['limit=1', 'limit=100'])('takes %s, a bound itself', async (query) => {
    expect((await api().get(`${people}?${query}`)).status).toBe(200);
  });

  describe('filters', () => filtersContract(api));
}

/** Ties in every field that can be sorted by, and nulls where they may be. */
function tied(index: number, authorId: string): Record<string, unknown> {
  const at = new Date(Date.UTC(2026, 0, 1 + (index % 3), 12)).toISOString();
  return {
    authorId,
    headline: `tie ${index % 9} ${serial()}`,
    score: [0.1, 0.30000000000000004, 0.3][index % 3],
    rank: [-5, 10, 9][index % 3],
    price: ['9.5', '10.25', '-0.000000001'][index % 3],
    published: index % 2 === 0,
    day: ['2026-01-31', '0099-12-01', '9999-12-31'][index % 3],
    opens: ['08:00', '10:30:15', '18:00'][index % 3],
    at: index % 3 === 0 ? null : at,
    kind: ['a', 'b-c'][index % 2],
  };
}

/** What the rows have to come in: by value, nulls as the largest, and rows with ties by id. */
function inOrder(rows: readonly Row[], sortBy: string, sortOrder: string): string[] {
  const key = sortBy === 'createdAt' ? 'id' : sortBy;
  const sorted = [...rows].sort((one, other) => {
    return compare(one[key], other[key]) || compare(one.id, other.id);
  });
  return idsOf(sortOrder === 'asc' ? sorted : sorted.reverse());
}

function compare(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  const areNumbers = [one, other].every((each) => !Number.isNaN(Number(each)));
  const [left, right] = areNumbers ? [Number(one), Number(other)] : [String(one), String(other)];
  return left < right ? -1 : 1;
}

async function walk(api: Api, path: string, from?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = from, pages = 0; pages < 50; pages += 1) {
    const { status, data, meta, text } = await api.get(cursor ? `${path}&cursor=${cursor}` : path);
    if (status !== 200) throw new Error(text);
    ids.push(...idsOf(toRows(data)));
    if (meta.nextCursor === null) return ids;
    cursor = String(meta.nextCursor);
  }
  throw new Error(`${path} does not end`);
}

/** A cursor of the same make with another value inside; where it is no JSON, one cut short. */
function forged(cursor: string): string {
  try {
    const inside: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!(inside instanceof Object)) return cursor.slice(1);
    return Buffer.from(JSON.stringify({ ...inside, value: 'x' })).toString('base64url');
  } catch {
    return cursor.slice(1);
  }
}
