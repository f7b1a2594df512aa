import { expect, it } from 'vitest';
import { countStatements, type GraphqlEndpoint, insertRows, nodesOf } from './graphql-endpoint.ts';

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
