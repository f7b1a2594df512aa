import { open } from '../../manifest/who.ts';
import type { Nesting } from '../endpoint/nesting.ts';
import type { Parent, Resource } from '../resource.ts';
import { callerId, ruleView } from './access-view.ts';
import { hidingOf, listRoles } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** The view of the routes below one row of a parent. */
export function underView(
  { names, access = open }: Resource,
  nesting: Nesting,
  { checksNested }: RefsView,
) {
  const { field, parent, list, create, read, add, hides, isOwner } = nesting;
  const { listStranger, createStranger } = nesting;
  const hiding = hidingOf(parent);
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
        isPassed: nesting.createsOwn || hides || checksNested,
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
    usesAuth: nesting.guardsList || nesting.guardsCreate || checksNested,
    guarded: [
      ...(nesting.guardsList ? ["'list'"] : []),
      ...(nesting.guardsCreate ? ["'create'"] : []),
    ].join(', '),
    /** The roles that the guard of the route sends away. */
    keptFromList: listRoles(nesting.keptFromList),
    keptFromCreate: listRoles(nesting.keptFromCreate),
    /** Whether some callers get here who may not read every parent. */
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
