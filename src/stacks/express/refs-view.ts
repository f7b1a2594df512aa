import type { Parent, Resource, ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { hidingOf, listRoles, readOf, strangerTo } from './readers.ts';

/** A reference to rows that some of its writers may not read. */
export type PrivateRef = {
  field: ResourceField;
  parent: Parent;
  /** The first of the roles that write it and may not read every row. */
  creator: string | undefined;
  changer: string | undefined;
};

/**
 * The references that a service has to check before it writes them. Otherwise callers could refer to
 * rows that they cannot see, and find out which ids exist. Fields that only the server sets are left
 * out.
 */
export function privateRefsOf({ fields, access, operations }: Resource): PrivateRef[] {
  if (access === undefined) return [];
  const creates = operations.has('create');
  const changes = operations.has('replace') || operations.has('update');
  return fields.flatMap((field) => {
    const { parent, readonly } = field;
    if (!parent || readonly) return [];
    const creator = creates ? strangerTo(parent, access.create) : undefined;
    const changer = changes ? strangerTo(parent, access.update) : undefined;
    return creator || changer ? [{ field, parent, creator, changer }] : [];
  });
}

/** The required references that a role cannot fill. */
export function outOfReach(refs: readonly PrivateRef[], role: string): PrivateRef[] {
  return refs.filter(({ field, parent }) => {
    const isReadable = hidingOf(parent).isByOwner || readOf(parent).roles.includes(role);
    return !field.optional && !isReadable;
  });
}

export type RefsView = ReturnType<typeof refsView>;

/** What the templates name of such references. */
export function refsView(resource: Resource, refs: PrivateRef[]) {
  const { access, under } = resource;
  const body = refBody(resource, refs);
  const onCreate = refs.filter(({ creator }) => creator !== undefined);
  const onChange = refs.filter(({ changer }) => changer !== undefined);
  const isAnonymous =
    (onCreate.length > 0 && access?.create.kind === 'public') ||
    (onChange.length > 0 && access?.update.kind === 'public');
  return {
    checksCreate: onCreate.length > 0,
    checksNested: onCreate.some(({ field }) => field !== under),
    checksChange: onChange.length > 0,
    refs: refs.length > 0 && {
      /** Whether the check also runs for callers who have not signed in. */
      isAnonymous,
      on: looksUpOnCreate(refs),
      all: refs.map((ref) => ({ name: ref.field.name, isReadable: isReadable(ref, refs) })),
    },
    refTests: refs.map((ref) => refTest(ref, resource, refs)),
    refBody: body,
    /** The name of the endpoint in the tests of access. */
    asked: body ? 'asCaller' : 'endpoint',
  };
}

/** The expression that is true if the caller may read the row. For their own account no query is needed. */
function isReadable({ field, parent }: PrivateRef, refs: PrivateRef[]): string {
  const { isByOwner, owner, mayRead } = hidingOf(parent);
  const value = `values.${field.name}`;
  if (parent.isAccount) return `mayReadUser(${value}, caller, ${listRoles(readOf(parent).roles)})`;
  if (!isByOwner) return mayRead;
  const more = looksUpOnCreate(refs) ? ', on' : '';
  return `await repository.has${parent.names.Singular}(${value}, ${owner}${more})`;
}

/** What the tests of a reference take, beside its name. */
function refTest(
  { field, parent, creator, changer }: PrivateRef,
  { access, owner }: Resource,
  refs: PrivateRef[],
) {
  const refused = creator ? refusedWith(field, creator, refs) : [];
  const hasOwn = hidingOf(parent).isByOwner && creator && outOfReach(refs, creator).length === 0;
  const creation = [
    `role: '${creator}'`,
    ...(refused.length > 1 ? [`refused: [${refused.map(toLiteral).join(', ')}]`] : []),
    ...(hasOwn ? [`own: async () => ${ownRowOf(parent)}`] : []),
    ...(access?.create.kind === 'public' ? ['isOpen: true'] : []),
  ];
  const change = [`role: '${changer}'`, ...(owner ? [`ownerColumn: '${owner.column}'`] : [])];
  return {
    ...parent.names,
    name: field.name,
    creation: creator ? creation.join(', ') : '',
    change: changer ? change.join(', ') : '',
  };
}

/** The fields that are refused where a role refers by one of them to a row that it may not read. */
function refusedWith(field: ResourceField, role: string, refs: PrivateRef[]): string[] {
  const others = outOfReach(refs, role).map((ref) => ref.field);
  const refused = refs.filter((ref) => ref.field === field || others.includes(ref.field));
  return refused.map((ref) => ref.field.name).sort();
}

/** How a body with any references becomes one that the caller may send; false if nothing has to change. */
function refBody({ operations }: Resource, refs: PrivateRef[]) {
  const optional = refs.filter(({ field }) => field.optional).map(({ field }) => field.name);
  const own = refs.filter(({ field, parent }) => !field.optional && hidingOf(parent).isByOwner);
  const isSent = operations.has('create') || operations.has('replace');
  if (!isSent || optional.length + own.length === 0) return false;
  const names = optional.map((name) => `, ${toLiteral(name)}`).join('');
  return {
    start: names === '' ? '(await endpoint.body())' : `without(await endpoint.body()${names})`,
    own: own.map(({ field, parent }) => ({ name: field.name, row: ownRowOf(parent) })),
  };
}

/** The id of a row that the caller owns, and so may read. */
function ownRowOf({ names, isAccount, ownerColumn }: Parent): string {
  if (isAccount) return 'api.callerId()';
  return `(await insert${names.Singular}(api.db, { ${ownerColumn}: api.callerId() })).id`;
}

/** Whether other tables are read in the transaction that creates a row. */
const looksUpOnCreate = (refs: readonly PrivateRef[]) =>
  refs.some(({ creator }) => creator !== undefined) && refs.some(isLookedUp);

const isLookedUp = ({ parent }: PrivateRef) => hidingOf(parent).isByOwner && !parent.isAccount;

/** The tables of other endpoints that a repository reads. */
export function lookupsOf(
  { under, operations }: Resource,
  refs: readonly PrivateRef[],
  isUnderByOwner: boolean,
) {
  const byOwner = refs
    .filter(isLookedUp)
    .map(({ parent }) => ({ parent, isByOwner: true, isOnCreate: looksUpOnCreate(refs) }));
  const isOnCreate = operations.has('create');
  const nested = under?.parent
    ? [{ parent: under.parent, isByOwner: isUnderByOwner, isOnCreate }]
    : [];
  const byTable = new Map<string, (typeof nested)[number]>();
  for (const each of [...nested, ...byOwner]) {
    const { table } = each.parent.names;
    const known = byTable.get(table);
    byTable.set(table, { ...each, isOnCreate: each.isOnCreate || known?.isOnCreate === true });
  }
  return [...byTable.values()].map(({ parent, ...rest }) => ({
    ...parent.names,
    ...rest,
    ownerColumn: hidingOf(parent).ownerColumn,
  }));
}
