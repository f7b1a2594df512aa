import { expect, it } from 'vitest';
import { defaultRole, roles } from '../src/auth/roles.ts';
import type { Operation } from './endpoint.ts';
import { ask } from './graphql.ts';
import { type GraphqlEndpoint, inGraphql } from './graphql-endpoint.ts';

/** The status with which REST answers such an error. */
const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  VALIDATION_ERROR: 422,
};

type Asked = Exclude<Operation, 'replace'>;

/** A request of each kind, each about the row with an id: its status in REST, 200 if it succeeds. */
async function statusOf(endpoint: GraphqlEndpoint, operation: Asked, id: string): Promise<number> {
  const { api, type, one, many, password } = endpoint;
  const more = password === undefined ? '' : `, password: ${JSON.stringify(password)}`;
  const documents: Record<Asked, string> = {
    list: `{ ${many} { edges { node { id } } } }`,
    get: `query ($id: ID!) { ${one}(id: $id) { id } }`,
    create: `mutation ($input: Create${type}Input!) {
      done: create${type}(input: $input) { errors { code } }
    }`,
    update: `mutation ($id: ID!) { done: update${type}(id: $id, input: {}) { errors { code } } }`,
    delete: `mutation ($id: ID!) { done: delete${type}(id: $id${more}) { errors { code } } }`,
  };
  const input = operation === 'create' && inGraphql(endpoint, await endpoint.body());
  const variables = operation === 'list' ? {} : input ? { input } : { id };
  const { body } = await ask(api(), documents[operation], variables);
  const code = body.errors?.[0]?.extensions.code ?? body.data?.done?.errors[0]?.code;
  return code === undefined ? 200 : (statuses[code] ?? 500);
}

export function asksWhoCalls(endpoint: GraphqlEndpoint, ...operations: Asked[]) {
  it.each(operations)('%s needs a token', async (operation) => {
    const { id } = await endpoint.insert();
    endpoint.api().signOut();
    expect(await statusOf(endpoint, operation, id)).toBe(401);
  });
}

export function asksNobody(endpoint: GraphqlEndpoint, ...operations: Asked[]) {
  it.each(operations)('%s needs no token', async (operation) => {
    const { id } = await endpoint.insert();
    endpoint.api().signOut();
    expect(await statusOf(endpoint, operation, id)).toBe(200);
  });
}

type Statuses = [operation: Asked, ...statuses: number[]];

/** Each row: an operation, and what REST answers to each role. */
export function answersRoles(endpoint: GraphqlEndpoint, rows: Statuses[]) {
  it.each(casesOf(rows, roles))('$operation answers $status to $caller', async (each) => {
    const { id } = await endpoint.insert();
    await endpoint.api().signIn(each.caller);
    expect(await statusOf(endpoint, each.operation, id)).toBe(each.status);
  });
}

/** The same with the owner before them, whom `column` names; nobody else owns the row. */
export function answersOwners(endpoint: GraphqlEndpoint, column: string, rows: Statuses[]) {
  const callers = ['owner', ...roles] as const;
  it.each(casesOf(rows, callers))('$operation answers $status to $caller', async (each) => {
    const owner = await endpoint.api().signIn();
    const { id } = await endpoint.insert({ [column]: owner.id });
    if (each.caller !== 'owner') await endpoint.api().signIn(each.caller);
    expect(await statusOf(endpoint, each.operation, id)).toBe(each.status);
  });
}

/** The same of users, with themselves before the roles. */
export function answersThemselves(endpoint: GraphqlEndpoint, rows: Statuses[]) {
  it.each(casesOf(rows, ['self', ...roles] as const))(
    '$operation answers $status to $caller',
    async (each) => {
      const { caller, operation, status } = each;
      const { id: other } = await endpoint.insert();
      const { id } = await endpoint.api().signIn(caller === 'self' ? defaultRole : caller);
      expect(await statusOf(endpoint, operation, caller === 'self' ? id : other)).toBe(status);
    },
  );
}

function casesOf<C extends string>(rows: Statuses[], callers: readonly C[]) {
  return rows.flatMap(([operation, ...all]) =>
    callers.map((caller, index) => {
      const status = all[index] ?? 200;
      return { operation, caller, status: status < 300 ? 200 : status };
    }),
  );
}
