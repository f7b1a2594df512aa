import type { Access, Level } from '../../manifest/access.ts';
import type { Operation } from '../../manifest/manifest.ts';
import { actionOf } from '../places.ts';
import type { Resource } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';
import { open } from './readers.ts';
import { outOfReach, type PrivateRef, type RefsView } from './refs-view.ts';

const rolesOf: Record<Level, string> = {
  public: '',
  user: '',
  owner: '',
  moderator: "'moderator', 'admin'",
  admin: "'admin'",
};

/** The argument that makes a route ask who calls, with the comma after it; `asks`: of anybody too. */
export function guardOf(level: Level, asks = false): string {
  if (level === 'public') return asks ? 'auth.optionalUser, ' : '';
  const roles = rolesOf[level];
  return roles === '' ? 'auth.requireUser, ' : `auth.requireRole(${roles}), `;
}

/** What the templates name of who may do what. */
export function accessView(
  resource: Resource,
  refs: PrivateRef[],
  { checksCreate, checksChange }: RefsView,
) {
  const { access = open, owner, operations, names, rateLimit } = resource;
  const isOwned = owner !== undefined;
  const { read, create, update, delete: remove } = access;
  const has = (operation: Operation) => operations.has(operation);
  const changesOwn = update === 'owner' && (has('replace') || has('update'));
  const removesOwn = remove === 'owner' && has('delete');
  const isMissingOrForbidden = changesOwn || removesOwn;
  const hidesFromChange = read === 'owner' && isMissingOrForbidden;
  const changesAny = update !== 'owner' && (has('replace') || has('update'));
  const removesAny = remove !== 'owner' && has('delete');
  const refusesByRole = read === 'moderator' && isMissingOrForbidden;
  const refusesByCaller = hidesFromChange || refusesByRole;
  const creator = create === 'moderator' || create === 'admin' ? create : 'user';
  return {
    hasAccounts: resource.access !== undefined,
    isOwned,
    ownerName: owner?.name ?? '',
    ownerColumn: owner?.column ?? '',
    creator: toLiteral(outOfReach(refs, creator).length > 0 ? 'admin' : creator),
    guard: {
      read: guardOf(read),
      create: guardOf(create, checksCreate),
      update: guardOf(update, checksChange),
      delete: guardOf(remove),
    },
    security: {
      read: securityOf(read, 'read'),
      create: securityOf(create, 'create'),
      update: securityOf(update, 'update'),
      delete: securityOf(remove, 'delete'),
    },
    usesAuth:
      [...operations].some((operation) => access[actionOf[operation]] !== 'public') ||
      checksCreate ||
      checksChange,
    /** Which rows a caller may read: all, or only their own unless their role allows more. */
    readScope: read === 'owner' ? 'owner' : 'all',
    readsOwn: read === 'owner' && (has('list') || has('get')),
    listsOwn: read === 'owner' && has('list'),
    getsOwn: read === 'owner' && has('get'),
    createsOwn: isOwned && has('create'),
    changesOwn,
    removesOwn,
    isMissingOrForbidden,
    /** Rows that a caller may not read do not exist for them, unless they may change all rows. */
    hidesFromChange,
    /** Where moderators may read and owners change, the others learn nothing. */
    refusesByRole,
    refusesByCaller,
    refusesAnybody: refusesByCaller && (changesAny || removesAny),
    /** Where only roles may read, what a caller may not change does not exist for them. */
    tellsForbidden:
      isMissingOrForbidden && (read === 'public' || read === 'user' || read === 'owner'),
    findsOwn: read === 'owner',
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
    ...accessTests(access, owner, operations, refs),
  };
}

/** What the documentation says of a guarded operation. */
export function securityOf(level: Level, action: keyof Access): string {
  if (level === 'public') return 'optionallySecured()';
  if (level !== 'owner') return `secured(${rolesOf[level]})`;
  return `securedForOwner(${action === 'read' ? "'moderator', 'admin'" : "'admin'"})`;
}

/** The error answers of an operation beyond its own: `403, ` only where a role or owner may be wrong. */
export function securedErrors(level: Level, asks = false): string {
  if (level === 'public') return asks ? '401, ' : '';
  return level === 'user' ? '401, ' : '401, 403, ';
}

/** Whether a service asks who calls, and how a route knows it. */
export function callerView(level: Level, isForOwner: boolean, checks: boolean) {
  return {
    passes: isForOwner || checks,
    type: level === 'public' ? 'Caller | undefined' : 'Caller',
    caller: level === 'public' ? 'optionalCallerOf(res)' : 'callerOf(res)',
  };
}

/** Whose idempotency keys they are: anybody's where a caller need not sign in. */
export function callerId(access: Access | undefined, create: Level): string {
  return access === undefined || create === 'public' ? "''" : 'callerOf(res).id';
}

type Caller = 'owner' | 'user' | 'moderator' | 'admin';
const callers: Caller[] = ['owner', 'user', 'moderator', 'admin'];

const successOf: Record<Operation, number> = {
  list: 200,
  get: 200,
  create: 201,
  replace: 200,
  update: 200,
  delete: 204,
};

/** The rows of the tests of access: who gets which status for which operation. */
function accessTests(
  access: Access,
  owner: Resource['owner'],
  operations: ReadonlySet<Operation>,
  refs: PrivateRef[],
) {
  const all = [...operations];
  const levelOf = (operation: Operation) => access[actionOf[operation]];
  return {
    protectedOperations: all
      .filter((each) => levelOf(each) !== 'public')
      .map(toLiteral)
      .join(', '),
    publicOperations: all
      .filter((each) => levelOf(each) === 'public' && !isBeyond(each, 'nobody', refs))
      .map(toLiteral)
      .join(', '),
    accessTable: toTable(
      all
        .filter((operation) => levelOf(operation) !== 'public')
        .map((operation) => {
          const statuses = callers
            .filter((caller) => owner !== undefined || caller !== 'owner')
            .map((caller) => {
              const status = statusFor(access, caller, operation, refs);
              const isSecond =
                operation === 'create' && caller === 'owner' && owner?.unique === true;
              return isSecond && status === 201 ? 409 : status;
            });
          return `['${operation}', ${statuses.join(', ')}]`;
        }),
    ),
  };
}

/** The rows of the test of access of users: who gets which status, for themselves and for others. */
export function usersAccess(access: Access, operations: ReadonlySet<Operation>): string {
  const statusOf = (operation: Operation, caller: Caller) => {
    if (operation === 'list') {
      const isReader = caller === 'admin' || (caller === 'moderator' && access.read !== 'admin');
      return isReader ? 200 : 403;
    }
    if (operation !== 'get' || access.read === 'owner') {
      return statusFor(access, caller, operation, []);
    }
    return isAllowed(access.read, caller, 'get') ? 200 : 403;
  };
  return toTable(
    [...operations].map((operation) => {
      const statuses = callers.map((caller) => statusOf(operation, caller));
      return `['${operation}', ${statuses.join(', ')}]`;
    }),
  );
}

/** Whether a whole row needs a reference that the caller cannot fill. */
function isBeyond(operation: Operation, caller: Caller | 'nobody', refs: PrivateRef[]): boolean {
  if (operation !== 'create' && operation !== 'replace') return false;
  if (caller === 'nobody') return refs.some(({ field }) => !field.optional);
  return outOfReach(refs, caller === 'owner' ? 'user' : caller).length > 0;
}

function statusFor(
  access: Access,
  caller: Caller,
  operation: Operation,
  refs: PrivateRef[],
): number {
  const level = access[actionOf[operation]];
  const comesIn = level === 'owner' || isAllowed(level, caller, operation);
  if (comesIn && isBeyond(operation, caller, refs)) return 422;
  if (isAllowed(access[actionOf[operation]], caller, operation)) return successOf[operation];
  if (access[actionOf[operation]] !== 'owner' || operation === 'list') return 403;
  return operation !== 'get' && isAllowed(access.read, caller, 'get') ? 403 : 404;
}

function isAllowed(level: Level, caller: Caller, operation: Operation): boolean {
  if (level === 'public' || level === 'user') return true;
  if (caller === 'admin') return true;
  if (level === 'moderator') return caller === 'moderator';
  if (level === 'admin') return false;
  if (operation === 'list') return true;
  return caller === 'owner' || (caller === 'moderator' && operation === 'get');
}
