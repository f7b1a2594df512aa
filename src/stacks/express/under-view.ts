import { open, type Who } from '../../manifest/who.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';
import { callerId, callerView, guardOf, securedErrors, securityOf } from './access-view.ts';
import { hidingOf, listRoles, readOf, strangerTo } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** What the templates name of the routes below one row of a parent. */
export function underView(
  { names, access = open, roles, operations, owner }: Resource,
  field: ResourceField,
  { checksNested }: RefsView,
) {
  const { parent } = field;
  if (!parent) throw new Error(`${names.plural} is nested under a field without a parent`);
  const list = operations.has('list');
  const create = operations.has('create');
  const read = atLeast(access.read, parent);
  const add = atLeast(access.create, parent);
  const listStranger = list ? strangerTo(parent, read) : undefined;
  const createStranger = create ? strangerTo(parent, add) : undefined;
  const hides = listStranger !== undefined || createStranger !== undefined;
  const hiding = hidingOf(parent);
  const createsOwn = create && owner !== undefined;
  const isOwner = field === owner;
  const guardsList = list && read.kind !== 'public';
  const guardsCreate = create && add.kind !== 'public';
  const keptOut = ({ kind, enters }: Who) =>
    kind === 'some' ? listRoles(roles.names.filter((role) => !enters.includes(role))) : '';
  return {
    ...parent.names,
    name: field.name,
    column: field.column,
    list,
    create,
    narrows: list && field.filter,
    /** Whether the path says whose a new row is: nobody makes one for somebody else. */
    isOwner,
    createSchema: isOwner
      ? `create${names.Singular}`
      : `create${names.Singular}Of${parent.names.Singular}`,
    narrowsCreate: create && !isOwner,
    listQuery: field.filter
      ? `list${names.Plural}Of${parent.names.Singular}Query`
      : `list${names.Plural}Query`,
    guard: { read: guardOf(read), create: guardOf(add, checksNested) },
    security: { read: securityOf(read), create: securityOf(add) },
    secured: {
      read: securedErrors(read),
      create: isOwner ? '401, 403, ' : securedErrors(add, checksNested),
    },
    callerId: callerId(access === open ? undefined : access, add),
    usesAuth: guardsList || guardsCreate || checksNested,
    guardsList,
    guardsCreate,
    isGuarded: guardsList || guardsCreate,
    /** The roles that the guard of the route sends away. */
    keptFromList: list ? keptOut(read) : '',
    keptFromCreate: create ? keptOut(add) : '',
    /** Whether some callers get here who may not read every parent. */
    hides,
    hidesByOwner: hides && hiding.isByOwner,
    owner: hiding.owner,
    mayRead: hiding.mayRead,
    isAccount: parent.isAccount,
    ownerColumn: parent.ownerColumn,
    listStranger: listStranger ?? false,
    createStranger: createStranger ?? false,
    creates: callerView(add, createsOwn || hides, checksNested),
  };
}

/** Who may not read a parent without signing in may not ask for what is below it either. */
function atLeast(who: Who, parent: Parent): Who {
  const isHidden = who.kind === 'public' && readOf(parent).kind !== 'public';
  return isHidden ? { ...who, level: 'user', kind: 'user' } : who;
}
