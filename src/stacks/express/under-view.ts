import type { Level } from '../../spec/access.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';
import { callerId, guardOf, open, securedErrors } from './access-view.ts';

type Role = 'user' | 'moderator' | 'admin';

/** What the templates name of the routes below one row of a parent. */
export function underView({ names, access = open, operations }: Resource, field: ResourceField) {
  const { parent } = field;
  if (!parent) throw new Error(`${names.plural} is nested under a field without a parent`);
  const list = operations.has('list');
  const create = operations.has('create');
  const read = atLeast(access.read, parent);
  const add = atLeast(access.create, parent);
  const listStranger = list ? strangerTo(parent, read) : undefined;
  const createStranger = create ? strangerTo(parent, add) : undefined;
  const hides = listStranger !== undefined || createStranger !== undefined;
  const isOwned = parent.isAccount || readOf(parent) === 'owner';
  return {
    ...parent.names,
    name: field.name,
    column: field.column,
    list,
    create,
    narrows: list && field.filter,
    listQuery: field.filter
      ? `list${names.Plural}Of${parent.names.Singular}Query`
      : `list${names.Plural}Query`,
    guard: { read: guardOf(read), create: guardOf(add) },
    secured: { read: securedErrors(read), create: securedErrors(add) },
    callerId: callerId(access === open ? undefined : access, add),
    usesAuth: (list && read !== 'public') || (create && add !== 'public'),
    guardsList: list && read !== 'public',
    guardsCreate: create && add !== 'public',
    /** The roles that the guard of the route sends away. */
    keptFromList: list ? rolesBelow(read) : '',
    keptFromCreate: create ? rolesBelow(add) : '',
    /** Whether some callers get here who may not read every parent. */
    hides,
    hidesByOwner: hides && isOwned,
    ...hidingOf(parent),
    isAccount: parent.isAccount,
    listStranger: listStranger ?? false,
    createStranger: createStranger ?? false,
  };
}

const readOf = ({ access = open }: Parent): Level => access.read;

/** Who may not read a parent without signing in may not ask for what is below it either. */
function atLeast(level: Level, parent: Parent): Level {
  return level === 'public' && readOf(parent) !== 'public' ? 'user' : level;
}

/** The least of the roles that get to the routes, unless each that does may read every parent. */
function strangerTo(parent: Parent, level: Level): Role | undefined {
  const comesIn: Role[] =
    level === 'admin' ? ['admin'] : level === 'moderator' ? ['moderator', 'admin'] : allRoles;
  return comesIn.find((role) => !readersOf(parent).includes(role));
}

function rolesBelow(level: Level): string {
  if (level === 'admin') return "'user', 'moderator'";
  return level === 'moderator' ? "'user'" : '';
}

const allRoles: Role[] = ['user', 'moderator', 'admin'];

/** The roles that may read every row of a parent. */
function readersOf(parent: Parent): Role[] {
  const level = readOf(parent);
  if (level === 'admin') return ['admin'];
  return level === 'public' || level === 'user' ? allRoles : ['moderator', 'admin'];
}

/** How a parent is kept from who may not read it: by its owner in the query, or by the role. */
function hidingOf(parent: Parent) {
  const readers = readersOf(parent).map((role) => `'${role}'`);
  return {
    ownerColumn: parent.isAccount ? 'id' : 'owner_id',
    owner: `ownRowsUnless(caller, ${readers.join(', ')})`,
    mayRead: readers.length === 1 ? "caller.role === 'admin'" : "caller.role !== 'user'",
  };
}
