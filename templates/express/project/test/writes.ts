import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Api } from './api.ts';
import { type Endpoint, has, type Operation } from './endpoint.ts';
import { fieldsOf, idsOf, without } from './rows.ts';

const json = { 'Content-Type': 'application/json' };

type Write = [operation: Operation, send: (data: unknown) => ReturnType<Api['post']>];

/** Every way to send a body to an endpoint. A row is stored before it is changed. */
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

/** Sends values in the first of these ways, with sample values for all other fields. */
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

/** `names` are in alphabetical order. */
export function namesMissingFields(endpoint: Endpoint, ...names: string[]) {
  it.each(wholeWritesOf(endpoint))('%s names every missing field at once', async (_name, send) => {
    const { status, body } = await send({});
    expect([status, body.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(fieldsOf(body)).toEqual(names);
  });
}

/** `fallbacks` are the values of fields that are left out. */
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

/** `names` are the fields of the endpoint that only the server sets. */
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

/** `taken` stores another row and returns its value. */
export function refusesTaken(endpoint: Endpoint, name: string, taken: () => Promise<unknown>) {
  it.each(writesOf(endpoint))(`%s answers 409 when ${name} is taken`, async (_name, send) => {
    const answer = await send({ ...(await endpoint.body()), [name]: await taken() });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([409, [name]]);
  });
}

/** `columns` has the column of each field. */
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

/** `wrong` is a value that the field refuses. */
export function keepsSecret({ api, url, body }: Endpoint, name: string, wrong: unknown) {
  it(`neither answers nor repeats ${name}`, async () => {
    const sample = await body();
    const created = await api().post(url, sample);
    expect(created.body.data).not.toHaveProperty(name);
    const refused = await api().post(url, { ...sample, [name]: wrong });
    expect(refused.body.error.details).toEqual([{ field: name, message: expect.any(String) }]);
  });
}
