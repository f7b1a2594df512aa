import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Endpoint } from './endpoint.ts';

type Parent = {
  /** The column that refers to it. */
  column: string;
  url: string;
  insert(): Promise<{ id: string }>;
};

export function keepsParent({ api, insert }: Endpoint, { column, url, ...parent }: Parent) {
  it(`keeps the row that ${column} refers to`, async () => {
    const { id } = await parent.insert();
    await insert({ [column]: id });
    expect((await api().delete(`${url}/${id}`)).status).toBe(409);
  });
}

export function goesWithParent({ api, table, insert }: Endpoint, { column, url, ...parent }: Parent) {
  it(`goes with the row that ${column} refers to`, async () => {
    const { id } = await parent.insert();
    const stored = await insert({ [column]: id });
    expect((await api().delete(`${url}/${id}`)).status).toBe(204);
    const { rows } = await sql`select id from ${sql.table(table)} where id = ${stored.id}`.execute(
      api().db,
    );
    expect(rows).toEqual([]);
  });
}

export function losesParent({ api, table, insert }: Endpoint, { column, url, ...parent }: Parent) {
  it(`goes on without the row that ${column} refers to`, async () => {
    const { id } = await parent.insert();
    const stored = await insert({ [column]: id });
    expect((await api().delete(`${url}/${id}`)).status).toBe(204);
    const { rows } = await sql`
      select ${sql.ref(column)} as parent from ${sql.table(table)} where id = ${stored.id}
    `.execute(api().db);
    expect(rows).toEqual([{ parent: null }]);
  });
}
