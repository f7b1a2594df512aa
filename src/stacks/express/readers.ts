import { open, type Who } from '../../manifest/who.ts';
import type { Parent } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';

export const readOf = ({ access = open }: Parent): Who => access.read;

/** Roles as arguments of a call: `'moderator', 'admin'`. */
export const listRoles = (roles: readonly string[]) => roles.map(toLiteral).join(', ');

/** The expression for the owner by which rows are filtered, unless the caller has one of the roles. */
export const ownRowsUnless = (roles: readonly string[]) =>
  `ownRowsUnless(caller, ${listRoles(roles)})`;

/** The first role that a rule admits and that may not read every row of a parent, if there is one. */
export function strangerTo(parent: Parent, { enters }: Who): string | undefined {
  return enters.find((role) => !readOf(parent).roles.includes(role));
}

/** How the rows of a parent are restricted for callers who may not read all: by owner, or by role. */
export function hidingOf(parent: Parent) {
  const { isOwner, roles } = readOf(parent);
  return {
    isByOwner: isOwner,
    ownerColumn: parent.ownerColumn,
    owner: ownRowsUnless(roles),
    mayRead: `hasRole(caller, ${listRoles(roles)})`,
  };
}
