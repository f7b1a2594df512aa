import { randomUUID } from 'node:crypto';
import type { Resource } from '../stacks/resource.ts';
import { expectEqual, expectStatus, rowOf, rowsOf } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import type { World } from './world.ts';

/** Routes below those of a parent have the rows of that parent only. */
export function nestedChecks(resource: Resource, world: World): Check[] {
  const { names, operations, under } = resource;
  const parent = under?.parent;
  if (!under || !parent) return [];
  const { client } = world;
  const about = names.plural;
  const url = (id: string) => `/${parent.names.path}/${id}/${names.path}`;
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });

  if (operations.has('list')) {
    add('the list of a parent that is not there is 404', async () => {
      const as = world.whoMay(resource, 'read');
      for (const id of [randomUUID(), 'none']) {
        expectStatus(await client.send('GET', url(id), { as }), 404);
      }
    });
  }
  if (operations.has('create')) {
    add('POST below a parent makes a row of that parent', async () => {
      const as = world.whoMay(resource, 'create');
      const id = await world.parentId(parent.names.plural, as);
      const { [under.name]: _, ...data } = await world.bodyOf(resource, as);
      const answer = expectStatus(await client.send('POST', url(id), { as, data }), 201);
      const row = world.remember(resource, as, rowOf(answer));
      if (!under.private) expectEqual(answer, under.name, row[under.name], id);
      expectStatus(await client.send('POST', url(randomUUID()), { as, data }), 404);
    });
  }
  if (operations.has('create') && operations.has('list') && !parent.isAccount) {
    add('the list of a parent has its rows and no others', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const own = await world.parentId(parent.names.plural, as);
      const other = await world.parentId(parent.names.plural, as);
      const row = await world.create(resource, as, { [under.name]: own });
      if (own !== other) await world.create(resource, as, { [under.name]: other });
      const answer = await client.send('GET', url(own), { as });
      const rows = rowsOf(answer);
      const strange = rows.some((each) => !under.private && each[under.name] !== own);
      if (strange) throw new BrokenPromise(answer.request, 'a row of another parent', 'none');
      expectEqual(
        answer,
        'the row',
        rows.some(({ id }) => id === row.id),
        true,
      );
    });
  }
  return checks;
}
