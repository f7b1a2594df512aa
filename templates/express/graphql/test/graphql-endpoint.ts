import { expect, it, vi } from 'vitest';
import type { Api } from './api.ts';
import { ask, codesOf } from './graphql.ts';

export type Row = { id: string; [name: string]: unknown };

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

export type Page = {
  edges: { cursor: string; node: Row }[];
  pageInfo: Record<'startCursor' | 'endCursor', string | null> &
    Record<'hasNextPage' | 'hasPreviousPage', boolean>;
};

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

export function memberOf(members: Record<string, string> | undefined, value: unknown): unknown {
  if (!members) return value;
  return Array.isArray(value)
    ? value.map((each) => memberOf(members, each))
    : (members[String(value)] ?? value);
}

export const nodesOf = ({ edges }: Page) => edges.map(({ node }) => node);

export async function insertRows({ insert, most = 5 }: GraphqlEndpoint, wanted: number): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < Math.min(wanted, most)) rows.push(await insert());
  return rows;
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
