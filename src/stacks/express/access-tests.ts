import type { Operation } from '../../manifest/manifest.ts';
import { open } from '../../manifest/who.ts';
import { actionOf } from '../places.ts';
import type { Resource } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';
import { outOfReach, type PrivateRef } from './refs-view.ts';

/** Who asks: a user with a role, to whom the row may belong. */
type Caller = { role: string; isOwner: boolean };

const successOf: Record<Operation, number> = {
  list: 200,
  get: 200,
  create: 201,
  replace: 200,
  update: 200,
  delete: 204,
};

/** The rows of the tests of access: who gets which status for which operation. */
export function accessTests(resource: Resource, refs: PrivateRef[]) {
  const { access = open, owner, operations, roles } = resource;
  const all = [...operations];
  const kindOf = (operation: Operation) => access[actionOf[operation]].kind;
  const callers = [
    ...(owner === undefined ? [] : [{ role: roles.default, isOwner: true }]),
    ...roles.names.map((role) => ({ role, isOwner: false })),
  ];
  const statusOf = (operation: Operation, caller: Caller) => {
    const status = statusFor(resource, caller, operation, refs);
    const isSecond = operation === 'create' && caller.isOwner && owner?.unique === true;
    return isSecond && status === 201 ? 409 : status;
  };
  return {
    roleNames: roles.names.join(', '),
    protectedOperations: all
      .filter((each) => kindOf(each) !== 'public')
      .map(toLiteral)
      .join(', '),
    publicOperations: all
      .filter((each) => kindOf(each) === 'public' && !isBeyond(each, undefined, refs))
      .map(toLiteral)
      .join(', '),
    accessTable: toTable(
      all
        .filter((operation) => kindOf(operation) !== 'public')
        .map((operation) => {
          const statuses = callers.map((caller) => statusOf(operation, caller));
          return `['${operation}', ${statuses.join(', ')}]`;
        }),
    ),
  };
}

/** The rows of the test of access of users: for themselves, and with each role for another user. */
export function usersTable(resource: Resource): string {
  const { access = open, operations, roles } = resource;
  const callers = [
    { role: roles.default, isOwner: true },
    ...roles.names.map((role) => ({ role, isOwner: false })),
  ];
  const statusOf = (operation: Operation, caller: Caller) => {
    if (operation !== 'list') return statusFor(resource, caller, operation, []);
    return access.read.roles.includes(caller.role) ? 200 : 403;
  };
  return toTable(
    [...operations].map((operation) => {
      const statuses = callers.map((caller) => statusOf(operation, caller));
      return `['${operation}', ${statuses.join(', ')}]`;
    }),
  );
}

/** Whether a whole row needs a reference that the caller cannot fill. Without a user there is no role. */
function isBeyond(operation: Operation, role: string | undefined, refs: PrivateRef[]): boolean {
  if (operation !== 'create' && operation !== 'replace') return false;
  if (role === undefined) return refs.some(({ field }) => !field.optional);
  return outOfReach(refs, role).length > 0;
}

function statusFor(
  { access = open }: Resource,
  caller: Caller,
  operation: Operation,
  refs: PrivateRef[],
): number {
  const who = access[actionOf[operation]];
  if (who.enters.includes(caller.role) && isBeyond(operation, caller.role, refs)) return 422;
  if (isAllowed(access, caller, operation)) return successOf[operation];
  if (!who.isOwner) return 403;
  return operation !== 'get' && isAllowed(access, caller, 'get') ? 403 : 404;
}

function isAllowed(
  access: NonNullable<Resource['access']>,
  { role, isOwner }: Caller,
  operation: Operation,
): boolean {
  const who = access[actionOf[operation]];
  if (who.roles.includes(role)) return true;
  return who.isOwner && (isOwner || operation === 'list');
}
