import type { PrivateRef } from '../endpoint/private-refs.ts';
import { type Statuses, statusesOf, statusesOfUsers } from '../endpoint/statuses.ts';
import type { Resource } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';

/** The rows of the tests of access: who gets which status for which operation. */
export function accessTests(resource: Resource, refs: readonly PrivateRef[]) {
  const { guarded, open, table } = statusesOf(resource, refs);
  return {
    roleNames: resource.roles.names.join(', '),
    protectedOperations: guarded.map(toLiteral).join(', '),
    publicOperations: open.map(toLiteral).join(', '),
    accessTable: tableOf(table),
  };
}

/** The rows of the test of access of users: for themselves, and with each role for another user. */
export const usersTable = (resource: Resource): string => tableOf(statusesOfUsers(resource));

const tableOf = (rows: readonly Statuses[]) =>
  toTable(rows.map(({ operation, statuses }) => `['${operation}', ${statuses.join(', ')}]`));
