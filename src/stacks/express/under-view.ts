import { open, type Who } from '../../manifest/who.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';
import { callerId, ruleView } from './access-view.ts';
import { hidingOf, listRoles, readOf, strangerTo } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** The view of the routes below one row of a parent. */
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
  const { Singular, Plural } = names;
  const Parent = parent.names.Singular;
  const query = field.filter ? `list${Plural}Of${Parent}Query` : `list${Plural}Query`;
  const schema = isOwner ? `create${Singular}` : `create${Singular}Of${Parent}`;
  return {
    ...parent.names,
    name: field.name,
    column: field.column,
    schemas: [query, schema],
    list: list && {
      ...ruleView(read, {
        isPassed: access.read.isOwner || hides,
        ownerId: false,
      }),
      query,
    },
    create: create && {
      ...ruleView(add, {
        isPassed: createsOwn || hides || checksNested,
        ownerId: false,
        asks: checksNested,
      }),
      ...(isOwner && { errors: '401, 403, ' }),
      callerId: callerId(access === open ? undefined : access, add),
      asksRefs: checksNested,
      schema,
      values: isOwner ? `${Singular}Values` : `Omit<${Singular}Values, '${field.name}'>`,
      row: isOwner ? 'values' : `{ ...values, ${field.name} }`,
    },
    /** Whether the path takes the place of a filter in lists, and of a field in new rows. */
    narrows: list && field.filter,
    narrowsCreate: create && !isOwner,
    /** Whether the path names the owner of a new row: nobody creates rows for another user. */
    isOwner,
    usesAuth: guardsList || guardsCreate || checksNested,
    guarded: [...(guardsList ? ["'list'"] : []), ...(guardsCreate ? ["'create'"] : [])].join(', '),
    /** The roles that the guard of the route sends away. */
    keptFromList: list ? keptOut(read) : '',
    keptFromCreate: create ? keptOut(add) : '',
    /** Whether some callers who pass the guard may not read every parent. */
    hides,
    hidesByOwner: hides && hiding.isByOwner,
    /** Whether the caller may read every parent, where only some roles may; and whether the parent exists. */
    mayRead: hides && !hiding.isByOwner ? hiding.mayRead : '',
    isThere: isThere(Parent, { hides, create }, hiding),
    /** Stores a parent that belongs to the user with an id; empty if all are read alike. */
    ownParent: listStranger && hiding.isByOwner ? ownParent(parent) : '',
    listStranger: listStranger ?? false,
    createStranger: createStranger ?? false,
  };
}

const ownParent = ({ names, isAccount, ownerColumn }: Parent) =>
  isAccount ? '({ id })' : `insert${names.Singular}(api.db, { ${ownerColumn}: id })`;

/** The expression that is true if a parent exists, and is the caller's own where only owners may read it. */
function isThere(
  Parent: string,
  { hides, create }: { hides: boolean; create: boolean },
  { isByOwner, owner }: ReturnType<typeof hidingOf>,
): string {
  const has = (...more: string[]) =>
    `await repository.has${Parent}(${['id', ...more, ...(create ? ['on'] : [])].join(', ')})`;
  return hides && isByOwner ? has(owner) : has();
}

/** Where a parent cannot be read without signing in, the rows below it cannot either. */
function atLeast(who: Who, parent: Parent): Who {
  const isHidden = who.kind === 'public' && readOf(parent).kind !== 'public';
  return isHidden ? { ...who, level: 'user', kind: 'user' } : who;
}
