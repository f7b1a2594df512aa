import { expect, it } from 'vitest';
import type { Role } from '../src/auth/guards.ts';
import { bodyBelow, type Nested, unknownId } from './nested.ts';
import { badTokens } from './tokens.ts';

type Operation = 'list' | 'create';

/** Requests below one parent; all of them send the same body. */
async function requestsBelow(nested: Nested) {
  const { api, below } = nested;
  const body = nested.operations.includes('create') ? await bodyBelow(nested) : undefined;
  return {
    list: (id: string) => api().get(below(id)),
    create: (id: string) => api().post(below(id), body),
  };
}

export function needsTokenBelow(nested: Nested, ...operations: Operation[]) {
  it.each(operations)('%s needs a valid token', async (operation) => {
    const { id } = await nested.insertParent();
    const requests = await requestsBelow(nested);
    for (const [name, header] of await badTokens()) {
      nested.api().authorize(header);
      expect([name, (await requests[operation](id)).status]).toEqual([name, 401]);
    }
  });
}

export function refusesRolesBelow(nested: Nested, operation: Operation, ...roles: Role[]) {
  it.each(roles)(`${operation} answers 403 to the role %s`, async (role) => {
    const { id } = await nested.insertParent();
    const requests = await requestsBelow(nested);
    await nested.api().signIn(role);
    expect((await requests[operation](id)).status).toBe(403);
  });
}

/** Users with `role` cannot read every parent. */
export function hidesParents(nested: Nested, operation: Operation, role: Role) {
  it(`${operation} does not tell a parent that the caller may not read from none`, async () => {
    const { id } = await nested.insertParent();
    const requests = await requestsBelow(nested);
    await nested.api().signIn(role);
    const [known, unknown] = [await requests[operation](id), await requests[operation](unknownId)];
    expect(known.status).toBe(404);
    expect(known.body.error).toEqual(unknown.body.error);
  });
}

/** `ownedBy` stores a parent that a user owns. */
export function listsBelowOwn(
  { api, below }: Nested,
  role: Role,
  ownedBy: (userId: string) => Promise<{ id: string }>,
) {
  it('lists below one of the caller', async () => {
    const caller = await api().signIn(role);
    const { id } = await ownedBy(caller.id);
    expect((await api().get(below(id))).status).toBe(200);
  });
}

export function createsForCallerOnly(nested: Nested) {
  it('creates nothing for another user', async () => {
    const other = await nested.insertParent();
    const requests = await requestsBelow(nested);
    expect((await requests.create(other.id)).status).toBe(403);
  });
}
