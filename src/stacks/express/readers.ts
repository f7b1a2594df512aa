import type { Access, Level } from '../../manifest/access.ts';
import type { Parent } from '../resource.ts';

export type Role = 'user' | 'moderator' | 'admin';

const allRoles: Role[] = ['user', 'moderator', 'admin'];

/** Where there are no accounts. */
export const open: Access = {
  read: 'public',
  create: 'public',
  update: 'public',
  delete: 'public',
};

export const readOf = ({ access = open }: Parent): Level => access.read;

/** The roles that may read every row of a parent. */
export function readersOf(parent: Parent): Role[] {
  const level = readOf(parent);
  return level === 'public' || level === 'user' ? allRoles : beyondOwners(level);
}

/** The roles that may read every row where others may read none, or only their own. */
export const beyondOwners = (level: Level): Role[] =>
  level === 'admin' ? ['admin'] : ['moderator', 'admin'];

/** The least of the roles at a level of access that may not read every row of a parent, if any. */
export function strangerTo(parent: Parent, level: Level): Role | undefined {
  const comesIn: Role[] =
    level === 'admin' ? ['admin'] : level === 'moderator' ? ['moderator', 'admin'] : allRoles;
  return comesIn.find((role) => !readersOf(parent).includes(role));
}

/** How the rows of a parent are restricted for callers who may not read all: by owner, or by role. */
export function hidingOf(parent: Parent) {
  const readers = readersOf(parent);
  return {
    isByOwner: readOf(parent) === 'owner',
    ownerColumn: parent.ownerColumn,
    owner: `ownRowsUnless(caller, ${readers.map((role) => `'${role}'`).join(', ')})`,
    mayRead: readers.length === 1 ? "caller.role === 'admin'" : "caller.role !== 'user'",
  };
}
