import { typeRow } from '../manifest/type-table.ts';
import { compareValues } from '../stacks/endpoint/values.ts';
import type { Resource } from '../stacks/resource.ts';
import type { Answer } from './answer.ts';
import type { Caller } from './client.ts';
import { expectEqual, expectRefusal, expectStatus, type Row, rowsOf, shown } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';
import type { World } from './world.ts';

/** More rows than one small page, few enough to make on any service. */
const several = 3;
const mostPages = 500;

/** Lists are paged, sorted and refused as the contract says. */
export function listChecks(resource: Resource, world: World): Check[] {
  const { names, operations, pagination } = resource;
  const { client } = world;
  const about = names.plural;
  const url = `/${names.path}`;
  if (!operations.has('list')) return [];
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });
  const size = pagination === 'cursor' ? 'limit' : 'perPage';
  const reader = () => world.whoMay(resource, 'read');
  const get = (query: string, as = reader()) => client.send('GET', `${url}?${query}`, { as });

  add(`a page has 20 rows at most, or as many as ?${size} says`, async () => {
    const answer = await get('');
    expectEqual(answer, `meta.${size}`, answer.meta[size], 20);
    const small = await get(`${size}=1`);
    expectEqual(small, `meta.${size}`, small.meta[size], 1);
    if (rowsOf(small).length > 1) throw new BrokenPromise(small.request, 'more rows', 'one');
  });
  add(`?${size} below 1 or above 100 is refused`, async () => {
    for (const value of ['0', '-1', '101', 'x', '1.5', '']) {
      expectRefusal(await get(`${size}=${value}`), size);
    }
    expectStatus(await get(`${size}=100`), 200);
  });
  add('a parameter that no list has, or has twice, is refused', async () => {
    expectRefusal(await get('nonsense=1'), 'nonsense');
    expectRefusal(
      await get(pagination === 'cursor' ? 'page=1' : 'cursor=x'),
      pagination === 'cursor' ? 'page' : 'cursor',
    );
    expectRefusal(await get(`${size}=1&${size}=2`), size);
    expectRefusal(await get('sortBy=nonsense'), 'sortBy');
    expectRefusal(await get('sortOrder=up'), 'sortOrder');
    expectRefusal(await get(`${size}=0&nonsense=1`), size, 'nonsense');
  });
  const hidden = resource.fields.filter((field) => field.private);
  if (hidden.length > 0) {
    add('private fields are in no row of a list', async () => {
      const answer = await get(`${size}=100`);
      const told = rowsOf(answer).flatMap((row) => hidden.filter(({ name }) => name in row));
      expectEqual(
        answer,
        'private fields',
        told.map(({ name }) => name),
        [],
      );
    });
  }
  if (operations.has('create')) {
    add('the newest row comes first, and last with ?sortOrder=asc', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const made = await makeRows(world, resource, as);
      const answer = await get(`${size}=${several}`, as);
      expectOrder(answer, rowsOf(answer), made.toReversed());
      const oldest = await walk(world, resource, as, 'sortOrder=asc', 100);
      expectInOrder(oldest.answer, oldest.rows, made);
    });
    add('walking page by page meets every row once, also those with equal values', async () => {
      const as = world.whoMay(resource, 'create', 'read');
      const made = await makeRows(world, resource, as);
      for (const sortBy of ['createdAt', ...sortable(resource)]) {
        const { rows, answer } = await walk(world, resource, as, `sortBy=${sortBy}`, 100);
        const ids = rows.map(({ id }) => id);
        if (new Set(ids).size !== ids.length) {
          throw new BrokenPromise(answer.request, 'a row that came twice', 'each row once');
        }
        const missing = made.filter(({ id }) => !ids.includes(id));
        expectEqual(
          answer,
          'rows that never came',
          missing.map(({ id }) => id),
          [],
        );
      }
      const { rows } = await walk(world, resource, as, 'sortOrder=desc', 2, several);
      const start = rows.slice(0, several).map(({ id }) => id);
      const answer = await get(`${size}=${several}`, as);
      expectEqual(
        answer,
        'the same rows by pages of two',
        start,
        rowsOf(answer).map(({ id }) => id),
      );
    });
  }
  for (const { name, type } of resource.fields.filter((field) => field.sort)) {
    add(`?sortBy=${name} sorts, both ways`, async () => {
      const as = reader();
      const rising = rowsOf(await get(`sortBy=${name}&sortOrder=asc&${size}=100`, as));
      const falling = rowsOf(await get(`sortBy=${name}&sortOrder=desc&${size}=100`, as));
      const answer = await get(`sortBy=${name}&sortOrder=asc&${size}=100`, as);
      if (typeRow(type).isRanged) expectRising(answer, name, rising);
      // The order of texts and enums is that of the database; both ways are each other's reverse.
      if (rising.length < 100) {
        expectOrder(answer, rising, falling.toReversed());
      }
    });
  }
  if (pagination === 'cursor') {
    add('a cursor that is made up, or of another order, is refused', async () => {
      expectRefusal(await get('cursor=nonsense'), 'cursor');
      const answer = await get('limit=1');
      const cursor = answer.meta.nextCursor;
      if (typeof cursor !== 'string') return;
      expectRefusal(
        await get(`limit=1&sortOrder=asc&cursor=${encodeURIComponent(cursor)}`),
        'cursor',
      );
    });
  } else {
    add('meta counts rows and pages', async () => {
      const answer = await get('perPage=1');
      const { page, total, totalPages } = answer.meta;
      expectEqual(answer, 'meta.page', page, 1);
      expectEqual(answer, 'meta.totalPages', totalPages, total);
      const beyond = await get(`page=${Number(total) + 1000}`);
      expectEqual(beyond, 'rows beyond the last page', rowsOf(beyond), []);
      expectRefusal(await get('page=0'), 'page');
    });
  }
  return checks;
}

const sortable = ({ fields }: Resource) =>
  fields.filter((field) => field.sort).map(({ name }) => name);

async function makeRows(world: World, resource: Resource, as: Caller): Promise<Row[]> {
  const made: Row[] = [];
  for (let index = 0; index < several; index += 1) made.push(await world.create(resource, as));
  return made;
}

/** All rows page by page, or the first pages until there are `enough` rows. */
async function walk(
  world: World,
  { names, pagination }: Resource,
  as: Caller,
  query: string,
  size: number,
  enough = Number.POSITIVE_INFINITY,
): Promise<{ rows: Row[]; answer: Answer }> {
  const rows: Row[] = [];
  let place = pagination === 'cursor' ? `limit=${size}` : `perPage=${size}&page=1`;
  for (let page = 1; ; page += 1) {
    const answer = await world.client.send('GET', `/${names.path}?${query}&${place}`, { as });
    const found = rowsOf(answer);
    rows.push(...found);
    if (pagination === 'cursor') {
      const next = answer.meta.nextCursor;
      if (next !== null && typeof next !== 'string') {
        throw new BrokenPromise(answer.request, `nextCursor ${String(next)}`, 'a text, or null');
      }
      if (next === null || rows.length >= enough) return { rows, answer };
      place = `limit=${size}&cursor=${encodeURIComponent(next)}`;
    } else {
      if (page >= Number(answer.meta.totalPages) || rows.length >= enough) return { rows, answer };
      place = `perPage=${size}&page=${page + 1}`;
    }
    if (found.length === 0 || page > mostPages) {
      throw new BrokenPromise(answer.request, 'a walk that never ends', 'a last page');
    }
  }
}

function expectOrder(answer: Answer, found: readonly Row[], expected: readonly Row[]): void {
  const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
  expectEqual(answer, 'the order', ids(found), ids(expected));
}

/** The rows come in this order, whatever stands between them. */
function expectInOrder(answer: Answer, found: readonly Row[], expected: readonly Row[]): void {
  const wanted = new Set(expected.map(({ id }) => id));
  expectOrder(
    answer,
    found.filter(({ id }) => wanted.has(id)),
    expected,
  );
}

/** Rows without a value have no place that is promised. */
function expectRising(answer: Answer, name: string, found: readonly Row[]): void {
  const values = found.map((row) => row[name]).filter((value) => value !== null);
  const wrong = values.findIndex((value, at) => at > 0 && compareValues(values[at - 1], value) > 0);
  if (wrong === -1) return;
  const pair = `${name} ${shown(values[wrong - 1])} before ${shown(values[wrong])}`;
  throw new BrokenPromise(answer.request, pair, 'rising values');
}
