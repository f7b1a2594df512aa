import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Endpoint, has } from './endpoint.ts';

const json = { 'Content-Type': 'application/json' };

/** ETags, with `If-None-Match` and `If-Match`. */
export function knowsStates(endpoint: Endpoint) {
  const { api, url, table, insert } = endpoint;
  const stored = async () => {
    const path = `${url}/${(await insert()).id}`;
    return { path, etag: (await api().get(path)).headers.get('etag') ?? '' };
  };
  const read = (path: string, tag: string) =>
    api().send('GET', path, { headers: { 'If-None-Match': tag } });
  const change = (path: string, tag: string) =>
    api().send('PATCH', path, { headers: { ...json, 'If-Match': tag }, body: '{"data":{}}' });
  const remove = (path: string, tag: string) =>
    api().send('DELETE', path, { headers: { 'If-Match': tag } });

  it('answers 304 to whoever has it already', async () => {
    const { path, etag } = await stored();
    expect(await read(path, etag)).toMatchObject({ status: 304, body: '' });
    expect((await read(path, '"1"')).status).toBe(200);
  });

  it('answers another ETag when the row was changed by hand', async () => {
    const { path, etag } = await stored();
    await sql`update ${sql.table(table)} set created_at = to_timestamp(0)`.execute(api().db);
    expect((await read(path, etag)).status).toBe(200);
    if (has(endpoint, 'update')) expect((await change(path, etag)).status).toBe(412);
  });

  if (has(endpoint, 'delete')) {
    it('removes only the state that was seen', async () => {
      const { path, etag } = await stored();
      expect((await remove(path, '"never"')).status).toBe(412);
      expect((await remove(path, etag)).status).toBe(204);
    });
  }

  if (!has(endpoint, 'update')) return;
  it('changes a state once', async () => {
    const { path, etag } = await stored();
    const first = await change(path, etag);
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).not.toBe(etag);
    const second = await change(path, etag);
    expect([second.status, second.body.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    for (const tag of ['"never"', 'W/"1"', 'bare']) {
      expect([tag, (await change(path, tag)).status]).toEqual([tag, 412]);
    }
  });
}
