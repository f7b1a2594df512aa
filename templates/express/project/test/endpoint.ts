import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Api } from './api.ts';

export type Operation = 'list' | 'get' | 'create' | 'replace' | 'update' | 'delete';

/** What the shared tests need to know about an endpoint. */
export type Endpoint = {
  api: () => Api;
  url: string;
  table: string;
  operations: readonly Operation[];
  pagination: 'cursor' | 'offset';
  /** The number of rows with different values, if the fields allow only a few. */
  most?: number;
  /** Stores a row, with different values at each call. */
  insert(values?: object): Promise<{ id: string }>;
  /** The request body that creates such a row. */
  body(): Promise<object>;
};

export const has = ({ operations }: Endpoint, operation: Operation) =>
  operations.includes(operation);

export function answers404(endpoint: Endpoint) {
  it.each(['00000000-0000-7000-8000-000000000000', 'not-an-id'])('answers 404: %s', async (id) => {
    const { api, url, operations, body } = endpoint;
    const path = `${url}/${id}`;
    const requests = {
      get: () => api().get(path),
      replace: async () => api().put(path, await body()),
      update: () => api().patch(path, {}),
      delete: () => api().delete(path),
    };
    for (const operation of operations) {
      if (operation === 'list' || operation === 'create') continue;
      expect([operation, (await requests[operation]()).status]).toEqual([operation, 404]);
    }
  });
}

const collection = { GET: 'list', POST: 'create', DELETE: undefined } as const;
const member = {
  GET: 'get',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'delete',
  POST: undefined,
} as const;

export function answers405(endpoint: Endpoint) {
  it('answers 405 with the methods that there are', async () => {
    const { api, url } = endpoint;
    for (const [path, methods] of [[url, collection] as const, [`${url}/1`, member] as const]) {
      const entries: [string, Operation | undefined][] = Object.entries(methods);
      const isThere = ([, operation]: (typeof entries)[number]) =>
        operation !== undefined && has(endpoint, operation);
      const allowed = entries.filter(isThere).map(([method]) => method.replace('GET', 'GET, HEAD'));
      if (allowed.length === 0) continue;
      for (const [method] of entries.filter((entry) => !isThere(entry))) {
        const { status, headers } = await api().send(method, path);
        expect([method, status, headers.get('allow')]).toEqual([method, 405, allowed.join(', ')]);
      }
    }
  });
}

/** `indexes` has the columns of each index, such as `price, id`. */
export function hasIndexes({ api, table }: Endpoint, ...indexes: string[]) {
  it('has an index for every way to its rows', async () => {
    const { rows } = await sql<{ columns: string }>`
      select string_agg(attname, ', ' order by place) as columns
      from pg_index cross join unnest(indkey::int2[]) with ordinality as keys (number, place)
      join pg_attribute on attrelid = indrelid and attnum = number
      where indrelid = ${`"${table}"`}::regclass group by indexrelid
    `.execute(api().db);
    expect(rows.map(({ columns }) => columns)).toEqual(expect.arrayContaining(indexes));
  });
}
