import { expect, it } from 'vitest';
import { ask, codesOf } from './graphql.ts';
import { countStatements, dataOf, type GraphqlEndpoint, insertRows, memberOf, nodesOf, type Page } from './graphql-endpoint.ts';
import { firstOf, idsOf } from './rows.ts';

const info = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

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
