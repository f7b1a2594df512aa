import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { fieldsOf, firstOf, forgeCursor, idsOf, type Match, walk, walkPages } from './rows.ts';

type Row = { id: string; [column: string]: unknown };

/** Stores up to `most` rows with different values. */
async function insertRows({ insert, most = 5 }: Endpoint, wanted: number): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < Math.min(wanted, most)) rows.push(await insert());
  return rows;
}

export function listsPages(endpoint: Endpoint) {
  const { api, url, pagination } = endpoint;
  const isByCursor = pagination === 'cursor';

  it('answers an empty page when there is nothing', async () => {
    const meta = isByCursor
      ? { nextCursor: null, limit: 20 }
      : { page: 1, perPage: 20, totalPages: 0, total: 0 };
    expect(await api().get(url)).toMatchObject({ status: 200, body: { data: [], meta } });
  });

  it('answers the newest first', async () => {
    const rows = await insertRows(endpoint, 2);
    expect(idsOf((await api().get(url)).body.data)).toEqual(idsOf(rows).reverse());
  });

  const parameters = isByCursor
    ? ['limit=0', 'limit=101', 'limit=many', 'cursor=bogus', 'perPage=20']
    : ['page=0', 'perPage=0', 'perPage=101', 'perPage=many', 'limit=20'];
  it.each([...parameters, 'sortBy=secret', 'sortOrder=up', 'unknown=1'])(
    'refuses ?%s',
    async (parameter) => {
      const answer = await api().get(`${url}?${parameter}`);
      const [name] = parameter.split('=');
      expect([answer.status, fieldsOf(answer.body)]).toEqual([422, [name]]);
    },
  );

  if (!isByCursor) return;
  it('refuses the cursor of another order', async () => {
    await insertRows(endpoint, 2);
    const { nextCursor } = (await api().get(`${url}?limit=1`)).body.meta;
    const answer = await api().get(`${url}?limit=1&sortOrder=asc&cursor=${nextCursor}`);
    expect([answer.status, fieldsOf(answer.body)]).toEqual([422, ['cursor']]);
  });
}

type Sort = {
  by: string;
  column: string;
  /** A value that is refused in a forged cursor. */
  wrong: unknown;
  nullable?: boolean;
  unique?: boolean;
};

const byCreation: Sort = { by: 'createdAt', column: 'id', wrong: 'other', unique: true };

export function sorts(endpoint: Endpoint, own: Sort[]) {
  const rows = [byCreation, ...own];
  const { api, url, table, insert, pagination, most = 5 } = endpoint;

  it.each(rows)('reads to the end, sorted by $by', async ({ by, column, nullable, unique }) => {
    const [first] = await insertRows(endpoint, 1);
    for (let count = 1; count < most; count += 1) {
      await insert(!unique && count % 2 === 0 ? { [column]: first?.[column] } : {});
    }
    if (nullable) await insert({ [column]: null });
    for (const order of ['asc', 'desc'] as const) {
      const expected = await sql<Row>`
        select id from ${sql.table(table)}
        order by ${sql.ref(column)} ${sql.raw(order)}, id ${sql.raw(order)}
      `.execute(api().db);
      const read = pagination === 'cursor' ? walk : walkPages;
      const ids = await read(api(), `${url}?sortBy=${by}&sortOrder=${order}`);
      expect([order, ids]).toEqual([order, idsOf(expected.rows)]);
    }
  });

  if (pagination === 'offset') return;
  it.each(rows)('refuses a forged cursor, sorted by $by', async ({ by, wrong }) => {
    await insertRows(endpoint, 2);
    const list = { sortBy: by, sortOrder: 'desc' };
    const page = `${url}?limit=1&${new URLSearchParams(list)}`;
    const { nextCursor } = (await api().get(page)).body.meta;
    expect(forgeCursor(nextCursor, list)).toBe(nextCursor);
    const answer = await api().get(`${page}&cursor=${forgeCursor(nextCursor, list, wrong)}`);
    expect([answer.status, fieldsOf(answer.body)]).toEqual([422, ['cursor']]);
  });
}

export function filters(
  endpoint: Endpoint,
  rows: [parameter: string, column: string, matches: Match][],
) {
  it.each(rows)('filters by %s', async (parameter, column, matches) => {
    const stored = await insertRows(endpoint, 3);
    const wanted = firstOf(stored[1]?.[column]);
    const query = new URLSearchParams([[parameter, String(wanted)]]);
    const answer = await endpoint.api().get(`${endpoint.url}?${query}`);
    const expected = stored.filter((row) => matches(row[column], wanted));
    expect(answer.status).toBe(200);
    expect(idsOf(answer.body.data).sort()).toEqual(idsOf(expected).sort());
  });
}

export function searches(endpoint: Endpoint, ...columns: string[]) {
  const { api, url } = endpoint;
  const search = async (text: string) =>
    idsOf((await api().get(`${url}?${new URLSearchParams({ search: text })}`)).body.data);

  it.each(columns)('searches %s, whatever the case', async (column) => {
    const [wanted] = await insertRows(endpoint, 2);
    expect(await search(String(wanted?.[column]).toUpperCase())).toEqual([wanted?.id]);
  });

  it('takes the wildcards of SQL for what they are', async () => {
    await insertRows(endpoint, 1);
    expect([await search('%'), await search('_')]).toEqual([[], []]);
  });
}
