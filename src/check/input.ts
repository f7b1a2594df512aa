import { extremesOf, refusedBy } from '../stacks/endpoint/values.ts';
import type { Resource } from '../stacks/resource.ts';
import { expectEqual, expectRefusal, expectStatus, rowOf } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import { type World, writable } from './world.ts';

/** Deeper than anybody would send, and large enough for every usual limit. */
const hugeText = 'x'.repeat(12 * 1024 * 1024);

const malformed: readonly [what: string, body: string | Uint8Array<ArrayBuffer>][] = [
  ['text that is no JSON', '{"data":'],
  ['a body without data', '{"title":"x"}'],
  ['data beside something else', '{"data":{},"more":1}'],
  ['a list for data', '{"data":[]}'],
  ['NaN', '{"data":{"x":NaN}}'],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])],
];

/** Bodies are refused as the contract says: everything that is wrong, at once. */
export function inputChecks(resource: Resource, world: World): Check[] {
  const { names, operations } = resource;
  const { client } = world;
  const about = names.plural;
  const url = `/${names.path}`;
  if (!operations.has('create')) return [];
  const fields = writable(resource);
  const caller = () => world.whoMay(resource, 'create');
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });

  add('a body in another form is 400', async () => {
    for (const [, body] of malformed) {
      expectStatus(await client.send('POST', url, { as: caller(), body }), 400);
    }
  });
  add('another content type is 415', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
    ]) {
      const headers = { 'Content-Type': type };
      expectStatus(
        await client.send('POST', url, { as: caller(), body: '{"data":{}}', headers }),
        415,
      );
    }
  });
  add('a body that is too large is 413', async () => {
    const body = `{"data":{"x":"${hugeText}"}}`;
    expectStatus(await client.send('POST', url, { as: caller(), body }), 413);
  });
  add('a field that the endpoint does not have is refused by its name', async () => {
    const as = caller();
    const data = await world.bodyOf(resource, as);
    for (const name of ['nonsense', 'id', 'createdAt', 'updatedAt', 'constructor']) {
      expectRefusal(await client.send('POST', url, { as, data: { ...data, [name]: 'x' } }), name);
    }
    const body = JSON.stringify({ data })
      .replace('{"data":{', '{"data":{"__proto__":1,')
      .replace(',}', '}');
    expectRefusal(await client.send('POST', url, { as, body }), '__proto__');
  });
  const setByServer = resource.fields.filter(({ readonly }) => readonly);
  if (setByServer.length > 0) {
    add('a field that the server sets cannot be sent', async () => {
      const as = caller();
      const data = await world.bodyOf(resource, as);
      for (const { name } of setByServer) {
        const value = world.next();
        expectRefusal(
          await client.send('POST', url, { as, data: { ...data, [name]: value } }),
          name,
        );
      }
    });
  }
  const required = fields.filter((field) => !field.optional && field.default === undefined);
  if (required.length > 0) {
    add('every required field that is missing is named', async () => {
      const answer = await client.send('POST', url, { as: caller(), data: {} });
      expectRefusal(answer, ...required.map(({ name }) => name));
    });
    add('PUT needs all of them too', async () => {
      if (!operations.has('replace')) return;
      const as = world.whoMay(resource, 'create', 'update');
      const { id } = await world.create(resource, as);
      const answer = await client.send('PUT', `${url}/${id}`, { as, data: {} });
      expectRefusal(answer, ...required.map(({ name }) => name));
    });
  }
  for (const field of fields) {
    const { name } = field;
    add(`${name} refuses what it cannot be`, async () => {
      const as = caller();
      const data = await world.bodyOf(resource, as);
      for (const value of refusedBy(field)) {
        const answer = await client.send('POST', url, { as, data: { ...data, [name]: value } });
        expectRefusal(answer, name);
        const shows = answer.error?.details?.some((detail) => 'value' in detail);
        if (field.private && shows) {
          throw new BrokenPromise(answer.request, 'the value of a private field', 'no value');
        }
      }
    });
    const extremes = extremesOf(field);
    if (extremes.length > 0) {
      add(`${name} takes the values at its bounds`, async () => {
        const as = caller();
        for (const value of extremes) {
          const data = { ...(await world.bodyOf(resource, as)), [name]: value };
          const answer = await client.send('POST', url, { as, data });
          // Of the few values that there are, another row may have a unique one.
          if (field.unique && answer.status === 409) continue;
          const row = world.remember(resource, as, rowOf(expectStatus(answer, 201)));
          if (!field.private) expectEqual(answer, name, row[name], value);
        }
      });
    }
  }
  if (fields.length > 1) {
    add('everything that is wrong is said at once', async () => {
      const wrong = Object.fromEntries(fields.map((field) => [field.name, refusedBy(field)[0]]));
      const answer = await client.send('POST', url, {
        as: caller(),
        data: { ...wrong, nonsense: 1 },
      });
      expectRefusal(answer, 'nonsense', ...fields.map(({ name }) => name));
    });
  }
  for (const field of fields.filter(({ parent }) => parent !== undefined)) {
    add(`${field.name} refuses a row that is not there`, async () => {
      const as = caller();
      const data = await world.bodyOf(resource, as);
      const missing = '01890a5d-ac96-774b-bcce-b302099a8057';
      expectRefusal(
        await client.send('POST', url, { as, data: { ...data, [field.name]: missing } }),
        field.name,
      );
    });
  }
  for (const field of fields.filter(({ unique, parent }) => unique && parent === undefined)) {
    add(`${field.name} is unique: a second row with it is 409`, async () => {
      const as = caller();
      const data = await world.bodyOf(resource, as);
      const first = expectStatus(await client.send('POST', url, { as, data }), 201);
      world.remember(resource, as, rowOf(first));
      const again = { ...(await world.bodyOf(resource, as)), [field.name]: data[field.name] };
      const answer = expectStatus(await client.send('POST', url, { as, data: again }), 409);
      expectEqual(
        answer,
        'details',
        answer.error?.details?.map(({ field: of }) => of),
        [field.name],
      );
    });
  }
  return checks;
}
