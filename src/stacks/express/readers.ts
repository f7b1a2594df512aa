import { readOf } from '../endpoint/readers.ts';
import type { Parent } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';

/** Roles as arguments of a call: `'moderator', 'admin'`. */
export const listRoles = (roles: readonly string[]) => roles.map(toLiteral).join(', ');

/** The expression for the owner by which rows are filtered, unless the caller has one of the roles. */
export const ownRowsUnless = (roles: readonly string[]) =>
  `ownRowsUnless(caller, ${listRoles(roles)})`;

/** How the rows of a parent are restricted for callers who may not read all: by owner, or by role. */
export function hidingOf(parent: Parent) {
  const { isOwner, roles } = readOf(parent);
  return {
    isByOwner: isOwner,
    owner: ownRowsUnless(roles),
    mayRead: `hasRole(caller, ${listRoles(roles)})`,
  };
}
