import { randomUUID } from 'node:crypto';
import { asAnswered } from '../stacks/endpoint/values.ts';
import type { Resource } from '../stacks/resource.ts';
import type { Answer } from './answer.ts';
import { expectEqual, expectStatus, headerOf, type Row, rowOf } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import { answered, type Values, type World, writable } from './world.ts';

const ofVersion7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const inUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Rows are made, read, changed and deleted as the contract says. */
export function rowChecks(resource: Resource, world: World): Check[] {
  const { names, operations } = resource;
  const { client } = world;
  const about = names.plural;
  const url = `/${names.path}`;
  const has = (...wanted: ('get' | 'create' | 'replace' | 'update' | 'delete')[]) =>
    wanted.every((operation) => operations.has(operation));
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });

  if (has('create')) {
    add('POST answers 201 with the row, its Location and ETag', async () => {
      const as = world.whoMay(resource, 'create');
      const data = await world.bodyOf(resource, as);
      const answer = expectStatus(await client.send('POST', url, { as, data }), 201);
      const row = world.remember(resource, as, rowOf(answer));
      expectWhole(answer, resource, row, data);
      const location = headerOf(answer, 'location');
      if (!location.endsWith(`${url}/${row.id}`)) {
        throw new BrokenPromise(answer.request, `Location: ${location}`, `…${url}/${row.id}`);
      }
      headerOf(answer, 'etag');
    });
    const defaults = writable(resource).filter((field) => field.default !== undefined);
    if (defaults.length > 0) {
      add('a field that is left out gets its default', async () => {
        const as = world.whoMay(resource, 'create');
        const data = await world.bodyOf(resource, as);
        for (const { name } of defaults) delete data[name];
        const answer = expectStatus(await client.send('POST', url, { as, data }), 201);
        const row = world.remember(resource, as, rowOf(answer));
        for (const field of defaults.filter(({ private: isHidden }) => !isHidden)) {
          expectEqual(answer, field.name, row[field.name], asAnswered(field, field.default));
        }
      });
    }
  }
  if (has('create', 'get')) {
    add('GET answers the row as it was made', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const row = await world.create(resource, as);
      const answer = expectStatus(await client.send('GET', `${url}/${row.id}`, { as }), 200);
      expectEqual(answer, 'data', rowOf(answer), row);
    });
    add('HEAD answers what GET does, without the body', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const { id } = await world.create(resource, as);
      const answer = expectStatus(await client.send('HEAD', `${url}/${id}`, { as }), 200);
      expectEqual(answer, 'the body', answer.text, '');
      headerOf(answer, 'etag');
    });
  }
  if (has('get')) {
    add('GET answers 404 for an id that is not there, or none', async () => {
      const as = world.whoMay(resource, 'read');
      for (const id of [randomUUID(), 'none', '0']) {
        expectStatus(await client.send('GET', `${url}/${id}`, { as }), 404);
      }
    });
  }
  if (has('create', 'replace')) {
    add('PUT changes all fields, and answers the row', async () => {
      const as = world.whoMay(resource, 'create', 'update');
      const row = await world.create(resource, as);
      const data = await world.bodyOf(resource, as);
      const answer = expectStatus(await client.send('PUT', `${url}/${row.id}`, { as, data }), 200);
      expectWhole(answer, resource, rowOf(answer), data);
      expectSame(answer, row);
    });
    add('PUT answers 404 for an id that is not there', async () => {
      const as = world.whoMay(resource, 'create', 'update');
      const data = await world.bodyOf(resource, as);
      expectStatus(await client.send('PUT', `${url}/${randomUUID()}`, { as, data }), 404);
    });
  }
  if (has('create', 'update')) {
    add('PATCH changes the fields that it is given, and no others', async () => {
      const as = world.whoMay(resource, 'create', 'update');
      const row = await world.create(resource, as);
      const values = await world.bodyOf(resource, as);
      for (const { name } of answered(resource).filter(({ readonly }) => !readonly)) {
        if (!Object.hasOwn(values, name)) continue;
        const before = rowOf(await client.send('PATCH', `${url}/${row.id}`, { as, data: {} }));
        const data = { [name]: values[name] };
        const answer = expectStatus(
          await client.send('PATCH', `${url}/${row.id}`, { as, data }),
          200,
        );
        const { updatedAt: _, ...after } = rowOf(answer);
        const { updatedAt: __, ...expected } = { ...before, ...data };
        expectEqual(answer, 'data', after, expected);
      }
    });
    add('PATCH answers 404 for an id that is not there', async () => {
      const as = world.whoMay(resource, 'update');
      expectStatus(await client.send('PATCH', `${url}/${randomUUID()}`, { as, data: {} }), 404);
    });
  }
  if (has('create', 'delete')) {
    add('DELETE answers 204, and then 404', async () => {
      const as = world.whoMay(resource, 'create', 'delete');
      const { id } = await world.create(resource, as);
      const answer = expectStatus(await client.send('DELETE', `${url}/${id}`, { as }), 204);
      expectEqual(answer, 'the body', answer.text, '');
      expectStatus(await client.send('DELETE', `${url}/${id}`, { as }), 404);
      if (has('get')) expectStatus(await client.send('GET', `${url}/${id}`, { as }), 404);
    });
  }
  return checks;
}

/** A row has exactly its fields, with the values that were sent, and what the server sets. */
function expectWhole(answer: Answer, resource: Resource, row: Row, data: Values): void {
  const names = ['id', 'createdAt', 'updatedAt', ...answered(resource).map(({ name }) => name)];
  expectEqual(answer, 'the fields', Object.keys(row).sort(), names.sort());
  for (const { name } of answered(resource)) {
    if (Object.hasOwn(data, name)) expectEqual(answer, name, row[name], data[name]);
  }
  if (!ofVersion7.test(row.id)) {
    throw new BrokenPromise(answer.request, `the id ${row.id}`, 'a UUID of version 7');
  }
  for (const name of ['createdAt', 'updatedAt']) {
    if (!inUtc.test(String(row[name]))) {
      throw new BrokenPromise(
        answer.request,
        `${name} ${String(row[name])}`,
        '2026-01-31T12:00:00.000Z',
      );
    }
  }
}

/** What the server set when the row was made stays. */
function expectSame(answer: Answer, { id, createdAt }: Row): void {
  const row = rowOf(answer);
  expectEqual(answer, 'id and createdAt', [row.id, row.createdAt], [id, createdAt]);
}
