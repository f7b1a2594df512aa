import { expect, it, vi } from 'vitest';
import type { Api } from './api.ts';
import { ask, codesOf } from './graphql.ts';
import { firstOf, idsOf } from './rows.ts';

type Row = { id: string; [name: string]: unknown };

/** What the tests that all endpoints share need to know of one. */
export type GraphqlEndpoint = {
  api: () => Api;
  url: string;
  pagination: 'cursor' | 'offset';
  /** The name of the type, and of the queries for one row and for a page. */
  type: string;
  one: string;
  many: string;
  /** The fields of a row, without those of relations. */
  fields: string;
  /** The members of the enums among them, by field and by value. */
  enums: Record<string, Record<string, string>>;
  /** How many rows with different values there can be, where fields allow only a few. */
  most?: number;
  /** Stores a row, a different one at each call. */
  insert(values?: object): Promise<Row>;
  /** What a caller of REST sends to create such a row. */
  body(): Promise<object>;
  /** What a deletion takes beside the id. */
  password?: string;
};

type Page = {
  edges: { cursor: string; node: Row }[];
  pageInfo: Record<'startCursor' | 'endCursor', string | null> &
    Record<'hasNextPage' | 'hasPreviousPage', boolean>;
};

const info = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const problems = 'errors { field code }';

/** The data of an answer without errors. */
export async function dataOf(api: Api, query: string, variables: Record<string, unknown> = {}) {
  const { body } = await ask(api, query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

/** Values of REST with the members of enums in place of their values. */
export function inGraphql({ enums }: GraphqlEndpoint, row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, memberOf(enums[name], value)]),
  );
}

function memberOf(members: Record<string, string> | undefined, value: unknown): unknown {
  if (!members) return value;
  return Array.isArray(value)
    ? value.map((each) => memberOf(members, each))
    : (members[String(value)] ?? value);
}

const nodesOf = ({ edges }: Page) => edges.map(({ node }) => node);

async function insertRows({ insert, most = 5 }: GraphqlEndpoint, wanted: number): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < Math.min(wanted, most)) rows.push(await insert());
  return rows;
}

export function answersAsRest(endpoint: GraphqlEndpoint) {
  const { api, url, one, fields, insert } = endpoint;
  const query = `query ($id: ID!) { ${one}(id: $id) { ${fields} } }`;

  it('answers what REST answers', async () => {
    const { id } = await insert();
    const rest = (await api().get(`${url}/${id}`)).body.data;
    expect((await dataOf(api(), query, { id }))[one]).toEqual(inGraphql(endpoint, rest));
  });

  it.each([crypto.randomUUID(), 'not-an-id'])('answers NOT_FOUND: %s', async (id) => {
    const answer = await ask(api(), query, { id });
    expect([answer.body.data, codesOf(answer)]).toEqual([{ [one]: null }, ['NOT_FOUND']]);
  });
}

/** Each sort: its name in REST, and its member. */
export function pagesBothWays(endpoint: GraphqlEndpoint, sorts: [name: string, member: string][]) {
  const { api, url, many, pagination } = endpoint;
  const pageOf = async (order: string, slice: string): Promise<Page> => {
    const query = `{ ${many}(${slice}, ${order}) { edges { cursor node { id } } ${info} } }`;
    return (await dataOf(api(), query))[many];
  };

  it.each(sorts)('reads forwards and backwards, sorted by %s', async (name, member) => {
    const count = (await insertRows(endpoint, 5)).length;
    for (const direction of ['asc', 'desc'] as const) {
      const size = pagination === 'cursor' ? 'limit' : 'perPage';
      const rest = await api().get(`${url}?${size}=100&sortBy=${name}&sortOrder=${direction}`);
      const expected = idsOf(rest.body.data);
      expect(expected.length).toBeGreaterThanOrEqual(count);

      const order = `sortBy: ${member}, sortOrder: ${direction.toUpperCase()}`;
      const forwards: string[] = [];
      let page = await pageOf(order, 'first: 2');
      expect(page.pageInfo.hasPreviousPage).toBe(false);
      for (;;) {
        forwards.push(...idsOf(nodesOf(page)));
        if (!page.pageInfo.hasNextPage) break;
        page = await pageOf(order, `first: 2, after: "${page.pageInfo.endCursor}"`);
      }
      expect(forwards).toEqual(expected);

      const backwards: string[] = [];
      page = await pageOf(order, 'last: 2');
      expect(page.pageInfo.hasNextPage).toBe(false);
      for (;;) {
        backwards.unshift(...idsOf(nodesOf(page)));
        if (!page.pageInfo.hasPreviousPage) break;
        page = await pageOf(order, `last: 2, before: "${page.pageInfo.startCursor}"`);
      }
      expect(backwards).toEqual(expected);
    }
  });

  it.each([
    'first: 0',
    'first: 101',
    'last: 101',
    'limit: 0',
    'first: 1, last: 1',
    'first: 1, limit: 1',
    'first: 1, before: "x"',
    'after: "x"',
    'after: "x", cursor: "x"',
  ])('refuses %s', async (slice) => {
    const answer = await ask(api(), `{ ${many}(${slice}) { ${info} } }`);
    expect(codesOf(answer)).toEqual(['VALIDATION_ERROR']);
  });
}

export function sharesCursors(endpoint: GraphqlEndpoint) {
  const { api, url, many } = endpoint;
  it('takes the cursors of REST, and gives it its own', async () => {
    await insertRows(endpoint, 2);
    const { nextCursor } = (await api().get(`${url}?limit=1`)).body.meta;
    const query = `query ($after: String) {
      first: ${many}(first: 1) { edges { cursor } }
      second: ${many}(limit: 1, cursor: $after) { edges { node { id } } }
    }`;
    const { first, second } = await dataOf(api(), query, { after: nextCursor });
    expect(first.edges[0].cursor).toBe(nextCursor);
    const rest = await api().get(`${url}?limit=1&cursor=${nextCursor}`);
    expect(idsOf(nodesOf(second))).toEqual(idsOf(rest.body.data));
  });
}

export function countsRows(endpoint: GraphqlEndpoint) {
  const { api, url, many } = endpoint;
  it('counts the rows only when it is asked to', async () => {
    await insertRows(endpoint, 3);
    const { total } = (await api().get(url)).body.meta;
    const page = `${many}(first: 1) { edges { node { id } }`;
    const counted = await countStatements(api(), `{ ${page} totalCount } }`);
    expect(counted.data[many].totalCount).toBe(total);
    expect((await countStatements(api(), `{ ${page} } }`)).count).toBe(counted.count - 1);
  });
}

/** Each filter: its name, and the column that it is about. */
export function filtersAsRest(endpoint: GraphqlEndpoint, rows: [name: string, column: string][]) {
  const { api, url, type, many, enums } = endpoint;
  it.each(rows)('filters by %s as REST does', async (name, column) => {
    const stored = await insertRows(endpoint, 3);
    const value = firstOf(stored.at(-1)?.[column]);
    const rest = await api().get(`${url}?${new URLSearchParams([[name, String(value)]])}`);
    const query = `query ($filter: ${type}Filter) { ${many}(filter: $filter) { edges { node { id } } } }`;
    const filter = { [name]: memberOf(enums[name], value) };
    const page = (await dataOf(api(), query, { filter }))[many];
    expect(idsOf(nodesOf(page))).toEqual(idsOf(rest.body.data));
    expect(page.edges.length).toBeGreaterThan(0);
  });
}

/** `wrong`: a field, and a value that only its schema refuses. */
export function creates(endpoint: GraphqlEndpoint, wrong?: [field: string, value: unknown]) {
  const { api, type, one, body } = endpoint;
  const query = `mutation ($input: Create${type}Input!, $key: String) {
    create${type}(input: $input, idempotencyKey: $key) { ${one} { id } ${problems} }
  }`;
  const create = async (input: object, key?: string) =>
    (await dataOf(api(), query, { input: inGraphql(endpoint, input), key }))[`create${type}`];

  it('creates a row once for each idempotency key', async () => {
    const input = await body();
    const first = await create(input, 'key-1');
    expect(first).toEqual({ [one]: { id: expect.any(String) }, errors: [] });
    expect(await create(input, 'key-1')).toEqual(first);
  });

  it('refuses a key that no header could hold', async () => {
    const refused = await create(await body(), 'with space');
    expect(refused.errors).toEqual([{ field: 'idempotencyKey', code: 'VALIDATION_ERROR' }]);
  });

  if (!wrong) return;
  it('answers what is wrong with the input in the payload', async () => {
    const [field, value] = wrong;
    const refused = await create({ ...(await body()), [field]: value });
    expect(refused).toEqual({ [one]: null, errors: [{ field, code: 'VALIDATION_ERROR' }] });
  });
}

export function updates({ api, type, one, insert }: GraphqlEndpoint) {
  const query = `mutation ($id: ID!, $seen: DateTime) {
    update${type}(id: $id, input: {}, ifUpdatedAt: $seen) { ${one} { id updatedAt } ${problems} }
  }`;
  it('changes a state once', async () => {
    const { id, updated_at: seen } = await insert();
    const first = await dataOf(api(), query, { id, seen });
    expect(first).toMatchObject({ [`update${type}`]: { [one]: { id }, errors: [] } });
    const second = await dataOf(api(), query, { id, seen });
    const errors = [{ field: 'ifUpdatedAt', code: 'PRECONDITION_FAILED' }];
    expect(second).toEqual({ [`update${type}`]: { [one]: null, errors } });
  });
}

export function removes({ api, type, insert }: GraphqlEndpoint) {
  const query = `mutation ($id: ID!, $seen: DateTime) {
    delete${type}(id: $id, ifUpdatedAt: $seen) { deletedId ${problems} }
  }`;
  it('removes the state that was seen', async () => {
    const { id, updated_at: seen } = await insert();
    const other = await dataOf(api(), query, { id, seen: '2020-01-01T00:00:00Z' });
    const errors = [{ field: 'ifUpdatedAt', code: 'PRECONDITION_FAILED' }];
    expect(other).toEqual({ [`delete${type}`]: { deletedId: null, errors } });
    const removed = await dataOf(api(), query, { id, seen });
    expect(removed).toEqual({ [`delete${type}`]: { deletedId: id, errors: [] } });
    expect(codesOf(await ask(api(), query, { id }))).toEqual(['NOT_FOUND']);
  });
}

/** The answer of a query, and how many statements it took, without the one that finds the caller. */
export async function countStatements(api: Api, query: string) {
  const execute = vi.spyOn(api.db.getExecutor(), 'executeQuery');
  try {
    const data = await dataOf(api, query);
    const statements = execute.mock.calls.map(([{ sql }]) => sql);
    return { data, count: statements.filter((sql) => !sql.includes('auth_sessions')).length };
  } finally {
    execute.mockRestore();
  }
}

/** `name`: the field with the row, `key`: the one with its id. */
export function loadsReferences(endpoint: GraphqlEndpoint, rows: [name: string, key: string][]) {
  const { api, many } = endpoint;
  it.each(rows)('loads %s for all rows at once', async (name, key) => {
    const stored = await insertRows(endpoint, 3);
    const query = `{ ${many} { edges { node { ${key} ${name} { id } } } } }`;
    const { data, count } = await countStatements(api(), query);
    const nodes = nodesOf(data[many]);
    expect(nodes).toHaveLength(stored.length);
    for (const node of nodes) expect(node[name]).toEqual({ id: node[key] });
    expect(count).toBe(2);
  });
}

type Nested = {
  /** The query for the parents, and the field of a parent with its rows. */
  parents: string;
  name: string;
  /** The property with the id of the parent, and its column. */
  key: string;
  column: string;
  /** How many rows a parent gets, where it may have only one. */
  each?: 1;
  insertParent(): Promise<{ id: string }>;
};

/** Makes two parents with two rows each. */
export function nests({ api, insert }: GraphqlEndpoint, nested: Nested) {
  const { parents, name, key, column, each = 2, insertParent } = nested;
  it(`loads ${name} for all ${parents} at once`, async () => {
    const ids = [(await insertParent()).id, (await insertParent()).id];
    for (const id of ids) {
      for (let count = 0; count < each; count += 1) await insert({ [column]: id });
    }
    const page = `${name}(first: 1) { edges { node { ${key} } } pageInfo { hasNextPage } }`;
    const query = `{ ${parents} { edges { node { id ${page} } } } }`;
    const { data, count } = await countStatements(api(), query);
    const own = nodesOf(data[parents]).filter(({ id }) => ids.includes(id));
    expect(own).toHaveLength(2);
    for (const { id, [name]: rows } of own) {
      const pageInfo = { hasNextPage: each > 1 };
      expect(rows).toEqual({ edges: [{ node: { [key]: id } }], pageInfo });
    }
    expect(count).toBe(2);
  });
}
