import type { Level } from '../../spec/access.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';
import { callerId, guardOf, securedErrors, securityOf } from './access-view.ts';
import { hidingOf, open, readOf, strangerTo } from './readers.ts';
import { optionalErrorsOf, optionalGuardOf, refsView } from './refs-view.ts';

/** What the templates name of the routes below one row of a parent. */
export function underView(resource: Resource, field: ResourceField) {
  const { names, access = open, operations } = resource;
  const { parent } = field;
  if (!parent) throw new Error(`${names.plural} is nested under a field without a parent`);
  const list = operations.has('list');
  const create = operations.has('create');
  const read = atLeast(access.read, parent);
  const add = atLeast(access.create, parent);
  const listStranger = list ? strangerTo(parent, read) : undefined;
  const createStranger = create ? strangerTo(parent, add) : undefined;
  const hides = listStranger !== undefined || createStranger !== undefined;
  const { checksNested } = refsView(resource);
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
    guard: { read: guardOf(read), create: optionalGuardOf(add, checksNested, guardOf(add)) },
    security: { read: securityOf(read, 'read'), create: securityOf(add, 'create') },
    secured: {
      read: securedErrors(read),
      create: optionalErrorsOf(add, checksNested, securedErrors(add)),
    },
    callerId: callerId(access === open ? undefined : access, add),
    usesAuth: (list && read !== 'public') || (create && (add !== 'public' || checksNested)),
    guardsList: list && read !== 'public',
    guardsCreate: create && add !== 'public',
    isGuarded: (list && read !== 'public') || (create && add !== 'public'),
    /** The roles that the guard of the route sends away. */
    keptFromList: list ? rolesBelow(read) : '',
    keptFromCreate: create ? rolesBelow(add) : '',
    /** Whether some callers get here who may not read every parent. */
    hides,
    hidesByOwner: hides && hidingOf(parent).isByOwner,
    owner: hidingOf(parent).owner,
    mayRead: hidingOf(parent).mayRead,
    isAccount: parent.isAccount,
    listStranger: listStranger ?? false,
    createStranger: createStranger ?? false,
    /** Who creates, where anybody may: what he refers to depends on it. */
    creating: add === 'public' ? 'optionalCallerOf(res)' : 'callerOf(res)',
    creatingType: add === 'public' ? 'Caller | undefined' : 'Caller',
  };
}

/** Who may not read a parent without signing in may not ask for what is below it either. */
function atLeast(level: Level, parent: Parent): Level {
  return level === 'public' && readOf(parent) !== 'public' ? 'user' : level;
}

function rolesBelow(level: Level): string {
  if (level === 'admin') return "'user', 'moderator'";
  return level === 'moderator' ? "'user'" : '';
}
