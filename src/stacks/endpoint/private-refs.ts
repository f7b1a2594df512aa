import type { Parent, Resource, ResourceField } from '../resource.ts';
import { readOf, strangerTo } from './readers.ts';

/** A reference to rows that not everybody who writes it may read. */
export type PrivateRef = {
  field: ResourceField;
  parent: Parent;
  /** The first of the roles that write it and may not read every row. */
  creator: string | undefined;
  changer: string | undefined;
};

/**
 * The references that a service has to look at before it writes them: else a row could be tied to
 * one that its writer cannot see, and whether it is there be found out. What only the server sets
 * is left out.
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

/** When a service has to look at such references, and for whom. */
export function checksOf({ access, under }: Resource, refs: readonly PrivateRef[]) {
  const onCreate = refs.filter(({ creator }) => creator !== undefined);
  const onChange = refs.filter(({ changer }) => changer !== undefined);
  return {
    checksCreate: onCreate.length > 0,
    checksNested: onCreate.some(({ field }) => field !== under),
    checksChange: onChange.length > 0,
    /** Whether a caller who has not signed in may get to the check. */
    isAnonymous:
      (onCreate.length > 0 && access?.create.kind === 'public') ||
      (onChange.length > 0 && access?.update.kind === 'public'),
  };
}

/** The references that a new row cannot be without and that a role cannot fill. */
export function outOfReach(refs: readonly PrivateRef[], role: string): PrivateRef[] {
  return refs.filter(({ field, parent }) => {
    const isReadable = readOf(parent).isOwner || readOf(parent).roles.includes(role);
    return !field.optional && !isReadable;
  });
}

/** The fields that are refused where a role refers by one of them to a row that it may not read. */
export function refusedWith(
  field: ResourceField,
  role: string,
  refs: readonly PrivateRef[],
): string[] {
  const others = outOfReach(refs, role).map((ref) => ref.field);
  const refused = refs.filter((ref) => ref.field === field || others.includes(ref.field));
  return refused.map((ref) => ref.field.name).sort();
}

/** What makes of a body with any references one that the caller may send; undefined if nothing has to. */
export function readableBody({ operations }: Resource, refs: readonly PrivateRef[]) {
  const left = refs.filter(({ field }) => field.optional);
  const own = refs.filter(({ field, parent }) => !field.optional && readOf(parent).isOwner);
  const isSent = operations.has('create') || operations.has('replace');
  if (!isSent || left.length + own.length === 0) return undefined;
  return { left, own };
}

/** Whether a new row needs a look into other tables, in the transaction that makes it. */
export const looksUpOnCreate = (refs: readonly PrivateRef[]) =>
  refs.some(({ creator }) => creator !== undefined) && refs.some(isLookedUp);

const isLookedUp = ({ parent }: PrivateRef) => readOf(parent).isOwner && !parent.isAccount;

/** The tables that a repository looks into for others. */
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
    ownerColumn: parent.ownerColumn,
  }));
}
