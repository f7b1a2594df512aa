import { expect, it } from 'vitest';
import type { Endpoint, Operation } from './endpoint.ts';
import { badTokens } from './tokens.ts';

/** A request of each kind, each to the row with an id. */
function requestsOf({ api, url, body }: Endpoint) {
  return {
    list: () => api().get(url),
    get: (id: string) => api().get(`${url}/${id}`),
    create: async () => api().post(url, await body()),
    replace: async (id: string) => api().put(`${url}/${id}`, await body()),
    update: (id: string) => api().patch(`${url}/${id}`, {}),
    delete: (id: string) => api().delete(`${url}/${id}`),
  };
}

export function needsToken(endpoint: Endpoint, ...operations: Operation[]) {
  it.each(operations)('%s needs a valid token', async (operation) => {
    const { id } = await endpoint.insert();
    for (const [name, header] of await badTokens()) {
      endpoint.api().authorize(header);
      const { status, body, headers } = await requestsOf(endpoint)[operation](id);
      expect([name, status, body.error.code]).toEqual([name, 401, 'UNAUTHENTICATED']);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
  });
}

export function needsNoToken(endpoint: Endpoint, ...operations: Operation[]) {
  it.each(operations)('%s needs no token', async (operation) => {
    const { id } = await endpoint.insert();
    endpoint.api().signOut();
    expect((await requestsOf(endpoint)[operation](id)).status).toBeLessThan(300);
  });
}

const roles = ['user', 'moderator', 'admin'] as const;
type Statuses = [operation: Operation, ...statuses: number[]];

/** Each row: an operation, and what it answers to a user, a moderator and an admin. */
export function answersByRole(endpoint: Endpoint, rows: Statuses[]) {
  it.each(casesOf(rows, roles))('$operation answers $status to $caller', async (each) => {
    const { id } = await endpoint.insert();
    await endpoint.api().signIn(each.caller);
    expect((await requestsOf(endpoint)[each.operation](id)).status).toBe(each.status);
  });
}

/** The same with the owner before them, whom `column` names; the user owns another row. */
export function answersByOwner(endpoint: Endpoint, column: string, rows: Statuses[]) {
  const callers = ['owner', ...roles] as const;
  it.each(casesOf(rows, callers))('$operation answers $status to $caller', async (each) => {
    const owner = await endpoint.api().signIn('user');
    const { id } = await endpoint.insert({ [column]: owner.id });
    if (each.caller !== 'owner') await endpoint.api().signIn(each.caller);
    expect((await requestsOf(endpoint)[each.operation](id)).status).toBe(each.status);
  });
}

function casesOf<C extends string>(rows: Statuses[], callers: readonly C[]) {
  return rows.flatMap(([operation, ...statuses]) =>
    callers.map((caller, index) => ({ operation, caller, status: statuses[index] })),
  );
}
