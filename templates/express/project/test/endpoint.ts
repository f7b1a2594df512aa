import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Api } from './api.ts';
import { fieldsOf, idsOf, without } from './rows.ts';

export type Operation = 'list' | 'get' | 'create' | 'replace' | 'update' | 'delete';

/** What the tests that all endpoints share need to know of one. */
export type Endpoint = {
  api: () => Api;
  url: string;
  table: string;
  operations: readonly Operation[];
  pagination: 'cursor' | 'offset';
  /** How many rows with different values there can be, where fields allow only a few. */
  most?: number;
  /** Stores a row, a different one at each call. */
  insert(values?: object): Promise<{ id: string }>;
  /** What a caller sends to create such a row. */
  body(): Promise<object>;
};

const json = { 'Content-Type': 'application/json' };
const has = ({ operations }: Endpoint, operation: Operation) => operations.includes(operation);

type Write = [operation: Operation, send: (data: unknown) => ReturnType<Api['post']>];

/** Every way to send a body to an endpoint: to change a row, one is stored first. */
function writesOf(endpoint: Endpoint): Write[] {
  const { api, url, insert } = endpoint;
  const path = async () => `${url}/${(await insert()).id}`;
  const all: Write[] = [
    ['create', (data) => api().post(url, data)],
    ['replace', async (data) => api().put(await path(), data)],
    ['update', async (data) => api().patch(await path(), data)],
  ];
  return all.filter(([operation]) => has(endpoint, operation));
}

const wholeWritesOf = (endpoint: Endpoint) =>
  writesOf(endpoint).filter(([operation]) => operation !== 'update');

/** Sends values in the first of these ways, the others as in a sample. */
async function write(endpoint: Endpoint, values: object) {
  const [first] = writesOf(endpoint);
  if (!first) throw new Error(`${endpoint.url} takes no body`);
  return first[1]({ ...(await endpoint.body()), ...values });
}

export function refusesOtherEnvelopes(endpoint: Endpoint) {
  it.each([
    ['no envelope', { name: 'bare' }],
    ['no object', []],
    ['data that is no object', { data: 1 }],
    ['more than data', { data: {}, more: 1 }],
  ])('answers 400 for %s', async (_case, body) => {
    const { api, url, insert } = endpoint;
    const [[operation] = []] = writesOf(endpoint);
    const method = operation === 'create' ? 'POST' : operation === 'replace' ? 'PUT' : 'PATCH';
    const path = operation === 'create' ? url : `${url}/${(await insert()).id}`;
    const answer = await api().send(method, path, { headers: json, body: JSON.stringify(body) });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } });
  });
}

/** `names` in alphabetical order. */
export function namesMissingFields(endpoint: Endpoint, ...names: string[]) {
  it.each(wholeWritesOf(endpoint))('%s names every missing field at once', async (_name, send) => {
    const { status, body } = await send({});
    expect([status, body.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(fieldsOf(body)).toEqual(names);
  });
}

/** `fallbacks`: what becomes of fields that are left out. */
export function fillsIn(endpoint: Endpoint, fallbacks: Record<string, unknown>) {
  it.each(wholeWritesOf(endpoint))('%s fills in what is left out', async (_name, send) => {
    const { status, body } = await send(without(await endpoint.body(), ...Object.keys(fallbacks)));
    expect(status).toBeLessThan(300);
    expect(body.data).toMatchObject(fallbacks);
  });
}

export function takes(endpoint: Endpoint, rows: [field: string, which: string, value: unknown][]) {
  it.each(rows)('takes %s: %s', async (field, _which, value) => {
    expect((await write(endpoint, { [field]: value })).status).toBeLessThan(300);
  });
}

export function refuses(endpoint: Endpoint, rows: [field: string, why: string, value: unknown][]) {
  it.each(rows)('refuses %s: %s', async (field, _why, value) => {
    const answer = await write(endpoint, { [field]: value });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([422, [field]]);
  });
}

/** `names`: fields of the endpoint that only the server sets. */
export function refusesWhatTheServerSets(endpoint: Endpoint, ...names: string[]) {
  const fields = ['id', 'createdAt', 'updatedAt', 'ownerId', 'role', ...names];
  it.each(writesOf(endpoint))('%s refuses what only the server sets', async (_name, send) => {
    const body = await endpoint.body();
    const wrong = fields.filter((field) => !(field in body)).sort();
    const values = Object.fromEntries(wrong.map((field) => [field, crypto.randomUUID()]));
    const answer = await send({ ...body, ...values });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([422, wrong]);
  });
}

export function refusesReferencesToNothing(endpoint: Endpoint, ...names: string[]) {
  it.each(names)('refuses %s: a row that does not exist', async (name) => {
    const answer = await write(endpoint, { [name]: crypto.randomUUID() });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([422, [name]]);
  });
}

/** `taken` stores another row and answers its value. */
export function refusesTaken(endpoint: Endpoint, name: string, taken: () => Promise<unknown>) {
  it.each(writesOf(endpoint))(`%s answers 409 when ${name} is taken`, async (_name, send) => {
    const answer = await send({ ...(await endpoint.body()), [name]: await taken() });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([409, [name]]);
  });
}

/** `columns`: that of each field. */
export function changesSingleFields(endpoint: Endpoint, columns: Record<string, string>) {
  const { api, url, table, insert, body } = endpoint;
  it.each(Object.entries(columns))('changes %s and nothing else', async (field, column) => {
    const { id, ...stored } = await insert();
    const { [field]: value } = { ...(await body()) } as Record<string, unknown>;
    const answer = await api().patch(`${url}/${id}`, { [field]: value });
    expect(answer.status).toBe(200);
    const { rows } = await sql`select * from ${sql.table(table)} where id = ${id}`.execute(api().db);
    const { updatedAt: updated_at } = answer.body.data;
    expect(rows).toEqual([{ id, ...stored, [column]: value, updated_at }]);
  });
}

export function createsOnceWithOneKey({ api, url, table, body }: Endpoint) {
  it('does the same request with the same Idempotency-Key once', async () => {
    const headers = { ...json, 'Idempotency-Key': 'key-1' };
    const sample = JSON.stringify({ data: await body() });
    const first = await api().send('POST', url, { headers, body: sample });
    expect(first.status).toBe(201);
    const again = await api().send('POST', url, { headers, body: sample });
    expect(again).toMatchObject({ status: 201, body: { data: first.body.data } });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)}`.execute(api().db);
    expect(idsOf(rows)).toEqual([first.body.data.id]);

    const other = JSON.stringify({ data: await body() });
    const { status } = await api().send('POST', url, { headers, body: other });
    expect(status).toBe(other === sample ? 201 : 422);
  });
}

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

/** `indexes`: the columns of each, as `price, id`. */
export function hasIndexes({ api, table }: Endpoint, ...indexes: string[]) {
  it('has an index for every way to its rows', async () => {
    const { rows } = await sql<{ columns: string }>`
      select string_agg(attname, ', ' order by attnum) as columns
      from pg_attribute join pg_index on indexrelid = attrelid
      where indrelid = ${`"${table}"`}::regclass group by indexrelid
    `.execute(api().db);
    expect(rows.map(({ columns }) => columns)).toEqual(expect.arrayContaining(indexes));
  });
}
