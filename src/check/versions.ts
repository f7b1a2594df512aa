import type { Resource } from '../stacks/resource.ts';
import { expectEqual, expectRefusal, expectStatus, headerOf, rowOf } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import type { World } from './world.ts';

const several = 4;

/** Tags keep writers from losing each other's changes; keys keep a repeated POST from working twice. */
export function versionChecks(resource: Resource, world: World): Check[] {
  const { names, operations } = resource;
  const { client } = world;
  const about = names.plural;
  const url = `/${names.path}`;
  if (!operations.has('create')) return [];
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });

  if (operations.has('get')) {
    add('If-None-Match with the ETag of a row is 304 without a body', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const { id } = await world.create(resource, as);
      const etag = headerOf(await client.send('GET', `${url}/${id}`, { as }), 'etag');
      const headers = { 'If-None-Match': etag };
      const seen = expectStatus(await client.send('GET', `${url}/${id}`, { as, headers }), 304);
      expectEqual(seen, 'the body', seen.text, '');
      const other = { 'If-None-Match': `"${'x'.repeat(43)}"` };
      expectStatus(await client.send('GET', `${url}/${id}`, { as, headers: other }), 200);
    });
  }
  if (operations.has('update')) {
    add('If-Match with an old ETag is 412, with the present one 200', async () => {
      const as = world.whoMay(resource, 'create', 'update');
      const { id } = await world.create(resource, as);
      const patch = (data: unknown, etag?: string) =>
        client.send('PATCH', `${url}/${id}`, {
          as,
          data,
          ...(etag && { headers: { 'If-Match': etag } }),
        });
      const etag = headerOf(expectStatus(await patch({}), 200), 'etag');
      const change = await world.bodyOf(resource, as);
      const [name] = Object.keys(change).filter((key) =>
        resource.fields.some(
          (field) =>
            field.name === key &&
            !field.private &&
            field.type !== 'boolean' &&
            field.type !== 'enum',
        ),
      );
      if (name === undefined) return;
      const changed = expectStatus(await patch({ [name]: change[name] }, etag), 200);
      if (headerOf(changed, 'etag') === etag) {
        throw new BrokenPromise(changed.request, 'the ETag of before', 'another one');
      }
      expectStatus(await patch({ [name]: change[name] }, etag), 412);
      expectStatus(await patch({ [name]: change[name] }, headerOf(changed, 'etag')), 200);
      expectStatus(await patch({}, '*'), 200);
    });
    add('of several writers with one ETag, one wins', async () => {
      const as = world.whoMay(resource, 'create', 'update');
      const { id } = await world.create(resource, as);
      const etag = headerOf(await client.send('PATCH', `${url}/${id}`, { as, data: {} }), 'etag');
      const headers = { 'If-Match': etag };
      const bodies = [];
      for (let index = 0; index < several; index += 1)
        bodies.push(await world.bodyOf(resource, as));
      const answers = await Promise.all(
        bodies.map((data) => client.send('PATCH', `${url}/${id}`, { as, data, headers })),
      );
      const [first] = answers;
      const statuses = answers.map(({ status }) => status).sort();
      if (first)
        expectEqual(first, 'the statuses', statuses, [200, ...Array(several - 1).fill(412)]);
    });
  }
  if (operations.has('delete')) {
    add('DELETE with an old ETag is 412', async () => {
      const as = world.whoMay(resource, 'create', 'delete');
      const { id } = await world.create(resource, as);
      const headers = { 'If-Match': `"${'x'.repeat(43)}"` };
      expectStatus(await client.send('DELETE', `${url}/${id}`, { as, headers }), 412);
    });
  }
  add('a POST repeated with its Idempotency-Key makes one row', async () => {
    const as = world.whoMay(resource, 'create');
    const data = await world.bodyOf(resource, as);
    const headers = { 'Idempotency-Key': `check-${world.next()}` };
    const post = () => client.send('POST', url, { as, data, headers });
    const first = expectStatus(await post(), 201);
    const row = world.remember(resource, as, rowOf(first));
    const again = expectStatus(await post(), 201);
    expectEqual(again, 'data', again.data, row);
    const other = { as, data: await world.bodyOf(resource, as), headers };
    expectRefusal(await client.send('POST', url, other), 'Idempotency-Key');
    const wrong = { as, data, headers: { 'Idempotency-Key': 'x'.repeat(256) } };
    expectStatus(await client.send('POST', url, wrong), 400);
  });
  add('the same POST sent at once with one Idempotency-Key makes one row', async () => {
    const as = world.whoMay(resource, 'create');
    const data = await world.bodyOf(resource, as);
    const headers = { 'Idempotency-Key': `check-${world.next()}` };
    const answers = await Promise.all(
      Array.from({ length: several }, () => client.send('POST', url, { as, data, headers })),
    );
    const made = answers.filter(({ status }) => status === 201);
    for (const answer of answers) expectStatus(answer, 201, 409);
    const ids = new Set(made.map((answer) => world.remember(resource, as, rowOf(answer)).id));
    const [first] = answers;
    if (first) expectEqual(first, 'rows', ids.size, 1);
  });
  return checks;
}
