import { readOf } from '../endpoint/readers.ts';
import { toLiteral } from '../python/literal.ts';
import type { Parent } from '../resource.ts';

/** Roles as arguments of a call: `"moderator", "admin"`. */
export const listRoles = (roles: readonly string[]) => roles.map(toLiteral).join(', ');

/** The owner to filter rows by, for callers who have none of the roles. */
export const ownRowsUnless = (roles: readonly string[]) =>
  `own_rows_unless(${['caller', ...roles.map(toLiteral)].join(', ')})`;

/** How the rows of a parent are restricted for callers who may not read all: by owner, or by role. */
export function hidingOf(parent: Parent) {
  const { isOwner, roles } = readOf(parent);
  return {
    isByOwner: isOwner,
    owner: ownRowsUnless(roles),
    mayRead: `has_role(${['caller', ...roles.map(toLiteral)].join(', ')})`,
  };
}
