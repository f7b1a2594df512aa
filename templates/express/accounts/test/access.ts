import { expect, it } from 'vitest';
import { type Role, roles } from '../src/auth/roles.ts';
import type { Endpoint, Operation } from './endpoint.ts';
import { idsOf } from './rows.ts';
import { badTokens } from './tokens.ts';

/** A request for each operation, to the row with an id. */
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

type Statuses = [operation: Operation, ...statuses: number[]];

/** Each row has an operation, and the status for a user of each role. */
export function answersByRole(endpoint: Endpoint, rows: Statuses[]) {
  it.each(casesOf(rows, roles))('$operation answers $status to $caller', async (each) => {
    const { id } = await endpoint.insert();
    await endpoint.api().signIn(each.caller);
    expect((await requestsOf(endpoint)[each.operation](id)).status).toBe(each.status);
  });
}

/** The same, with the owner first: a new user, whose id is in `column`. The others own other rows. */
export function answersByOwner(endpoint: Endpoint, column: string, rows: Statuses[]) {
  const callers = ['owner', ...roles] as const;
  it.each(casesOf(rows, callers))('$operation answers $status to $caller', async (each) => {
    const owner = await endpoint.api().signIn();
    const { id } = await endpoint.insert({ [column]: owner.id });
    if (each.caller !== 'owner') await endpoint.api().signIn(each.caller);
    expect((await requestsOf(endpoint)[each.operation](id)).status).toBe(each.status);
  });
}

/** `column` has the owner of a row. Users with `role` list only their own rows, `readers` all rows. */
export function listsOwnRows(
  { api, url, insert }: Endpoint,
  column: string,
  role: Role,
  readers: Role[],
) {
  it('lists the rows of their owner, and all of them for those who may read them', async () => {
    const owner = await api().signIn(role);
    const own = await insert({ [column]: owner.id });
    const other = await insert();
    expect(idsOf((await api().get(url)).body.data)).toEqual([own.id]);
    for (const reader of readers) {
      await api().signIn(reader);
      expect(idsOf((await api().get(url)).body.data)).toEqual([other.id, own.id]);
    }
  });
}

/** `field` has the owner of a row. */
export function setsOwner({ api, url, body }: Endpoint, field: string, role: Role) {
  it('makes whoever creates a row its owner, whatever the body says', async () => {
    const caller = await api().signIn(role);
    expect((await api().post(url, await body())).body.data[field]).toBe(caller.id);
  });
}

function casesOf<C extends string>(rows: Statuses[], callers: readonly C[]) {
  return rows.flatMap(([operation, ...statuses]) =>
    callers.map((caller, index) => ({ operation, caller, status: statuses[index] })),
  );
}
