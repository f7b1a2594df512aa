import type { Operation } from '../../manifest/manifest.ts';
import { type Access, open, type Who } from '../../manifest/who.ts';
import { actionOf } from '../places.ts';
import type { Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { accessTests } from './access-tests.ts';
import { listRoles } from './readers.ts';
import { outOfReach, type PrivateRef, type RefsView } from './refs-view.ts';

/** The argument that makes a route ask who calls, with the comma after it; `asks`: of anybody too. */
export function guardOf({ kind, isOwner, roles }: Who, asks = false): string {
  if (kind === 'public') return asks ? 'auth.optionalUser, ' : '';
  const isForAll = kind === 'user' || isOwner;
  return isForAll ? 'auth.requireUser, ' : `auth.requireRole(${listRoles(roles)}), `;
}

/** What the templates name of who may do what. */
export function accessView(
  resource: Resource,
  refs: PrivateRef[],
  { checksCreate, checksChange }: RefsView,
) {
  const { access = open, owner, operations, names, rateLimit, roles } = resource;
  const isOwned = owner !== undefined;
  const { read, create, update, delete: remove } = access;
  const has = (operation: Operation) => operations.has(operation);
  const changesOwn = update.isOwner && (has('replace') || has('update'));
  const removesOwn = remove.isOwner && has('delete');
  const isMissingOrForbidden = changesOwn || removesOwn;
  const hidesFromChange = read.isOwner && isMissingOrForbidden;
  const changesAny = !update.isOwner && (has('replace') || has('update'));
  const removesAny = !remove.isOwner && has('delete');
  const ofOwners = [...(changesOwn ? [update] : []), ...(removesOwn ? [remove] : [])];
  const readsOnly = (role: string) => ofOwners.some((who) => !who.roles.includes(role));
  const changesOnly = (role: string) => !read.roles.includes(role);
  const isForRoles = read.kind === 'some' && !read.isOwner;
  const refusesByRole = isForRoles && read.roles.some(readsOnly);
  const refusesByCaller = hidesFromChange || refusesByRole;
  const refusesAnybody = refusesByCaller && (changesAny || removesAny);
  const [creator = roles.default] = create.roles;
  return {
    hasAccounts: resource.access !== undefined,
    isOwned,
    ownerName: owner?.name ?? '',
    ownerColumn: owner?.column ?? '',
    creator: toLiteral(outOfReach(refs, creator).length > 0 ? roles.admin : creator),
    admin: toLiteral(roles.admin),
    guard: {
      read: guardOf(read),
      create: guardOf(create, checksCreate),
      update: guardOf(update, checksChange),
      delete: guardOf(remove),
    },
    security: {
      read: securityOf(read),
      create: securityOf(create),
      update: securityOf(update),
      delete: securityOf(remove),
    },
    usesAuth:
      [...operations].some((operation) => access[actionOf[operation]].kind !== 'public') ||
      checksCreate ||
      checksChange,
    /** Which rows a caller may read: all, or only their own unless their role allows more. */
    readScope: read.isOwner ? 'owner' : 'all',
    readsOwn: read.isOwner && (has('list') || has('get')),
    listsOwn: read.isOwner && has('list'),
    getsOwn: read.isOwner && has('get'),
    /** The owner to filter by, for reads and for changes. */
    ownRead: ownRows(read),
    ownUpdate: ownRows(update),
    ownDelete: ownRows(remove),
    mayRead: `hasRole(caller, ${listRoles(read.roles)})`,
    readRoles: listRoles(read.roles),
    /** A role that does not read the rows of others, where owners read. */
    listOwner: toLiteral(roles.names.find((role) => !read.roles.includes(role)) ?? roles.default),
    createsOwn: isOwned && has('create'),
    changesOwn,
    removesOwn,
    isMissingOrForbidden,
    /** Rows that a caller may not read do not exist for them, unless they may change all rows. */
    hidesFromChange,
    /** Which of these may be found to tell why nothing changed. */
    hiddenScope: [
      ...(refusesAnybody ? ['caller'] : []),
      ...(ofOwners.some((who) => who.roles.some(changesOnly)) ? ['only.ownerId'] : []),
      ownRows(read),
    ].join(' && '),
    /** Where some roles may read and owners change, the others learn nothing. */
    refusesByRole,
    refusesByCaller,
    refusesAnybody,
    /** Where only roles may read, what a caller may not change does not exist for them. */
    tellsForbidden: isMissingOrForbidden && !isForRoles,
    findsOwn: read.isOwner,
    changes: has('replace') || has('update') || has('delete'),
    reads: [...operations].some((operation) => operation !== 'create'),
    needsFind: has('get') || has('replace') || has('update') || has('delete'),
    callerId: callerId(resource.access, create),
    secured: {
      read: securedErrors(read),
      create: securedErrors(create, checksCreate),
      update: securedErrors(update, checksChange),
      delete: securedErrors(remove),
    },
    rateLimit: rateLimit ?? false,
    mostRequests: rateLimit?.split('/')[0] ?? '',
    limitName: toLiteral(names.path),
    creates: callerView(create, isOwned && has('create'), checksCreate),
    changing: callerView(update, changesOwn, checksChange),
    ...accessTests(resource, refs),
  };
}

const ownRows = ({ roles }: Who) => `ownRowsUnless(caller, ${listRoles(roles)})`;

/** What the documentation says of a guarded operation. */
export function securityOf({ kind, isOwner, roles }: Who): string {
  if (kind === 'public') return 'optionallySecured()';
  if (isOwner) return `securedForOwner(${listRoles(roles)})`;
  return `secured(${kind === 'some' ? listRoles(roles) : ''})`;
}

/** The error answers of an operation beyond its own: `403, ` only where a role or owner may be wrong. */
export function securedErrors({ kind }: Who, asks = false): string {
  if (kind === 'public') return asks ? '401, ' : '';
  return kind === 'user' ? '401, ' : '401, 403, ';
}

/** Whether a service asks who calls, and how a route knows it. */
export function callerView({ kind }: Who, isForOwner: boolean, checks: boolean) {
  return {
    passes: isForOwner || checks,
    type: kind === 'public' ? 'Caller | undefined' : 'Caller',
    caller: kind === 'public' ? 'optionalCallerOf(res)' : 'callerOf(res)',
  };
}

/** Whose idempotency keys they are: anybody's where a caller need not sign in. */
export function callerId(access: Access | undefined, create: Who): string {
  return access === undefined || create.kind === 'public' ? "''" : 'callerOf(res).id';
}
