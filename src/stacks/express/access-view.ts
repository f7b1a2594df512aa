import type { Access, Level } from '../../manifest/access.ts';
import type { Operation } from '../../manifest/manifest.ts';
import { actionOf } from '../places.ts';
import type { Resource } from '../resource.ts';
import { toLiteral, toTable } from '../typescript/literal.ts';
import { beyondOwners, open, type Role } from './readers.ts';
import { outOfReach, type PrivateRef, type RefsView } from './refs-view.ts';

const rolesOf: Record<Level, string> = {
  public: '',
  user: '',
  owner: '',
  moderator: "'moderator', 'admin'",
  admin: "'admin'",
};

/** The argument that makes a route ask who calls, with the comma after it; `asks`: of anybody too. */
function guardOf(level: Level, asks = false): string {
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
  const has = (...some: Operation[]) => some.some((operation) => operations.has(operation));
  const readsOwn = read === 'owner';
  const changesOwn = update === 'owner' && has('replace', 'update');
  const removesOwn = remove === 'owner' && has('delete');
  const refusesOthers = changesOwn || removesOwn;
  const hidesOthers = refusesOthers && read !== 'public' && read !== 'user';
  const reader = `, ownRowsUnless(caller, ${quoted(beyondOwners(read))})`;
  const changer = "ownerId: ownRowsUnless(caller, 'admin'), ";
  const creator = create === 'moderator' || create === 'admin' ? create : 'user';
  return {
    hasAccounts: resource.access !== undefined,
    isOwned,
    ownerName: owner?.name ?? '',
    ownerColumn: owner?.column ?? '',
    creator: toLiteral(outOfReach(refs, creator).length > 0 ? 'admin' : creator),
    read: ruleView(read, 'read', { isPassed: readsOwn, ownerId: readsOwn && reader }),
    create: {
      ...ruleView(create, 'create', {
        isPassed: isOwned || checksCreate,
        ownerId: isOwned && ', caller.id',
        asks: checksCreate,
      }),
      asksRefs: checksCreate,
      callerId: callerId(resource.access, create),
    },
    update: {
      ...ruleView(update, 'update', {
        isPassed: changesOwn || checksChange,
        ownerId: changesOwn && changer,
        asks: checksChange,
      }),
      asksRefs: checksChange,
      reader: changesOwn && hidesOthers ? reader : '',
    },
    remove: {
      ...ruleView(remove, 'delete', { isPassed: removesOwn, ownerId: removesOwn && changer }),
      reader: removesOwn && hidesOthers ? reader : '',
    },
    /** Why a change is refused; `hides` if not everybody who asks may read the row. */
    refusal: has('replace', 'update', 'delete') && { byOwner: refusesOthers, hides: hidesOthers },
    usesAuth:
      [...operations].some((operation) => access[actionOf[operation]] !== 'public') ||
      checksCreate ||
      checksChange,
    listsOwn: readsOwn && has('list'),
    findsOwn: (readsOwn && has('get')) || hidesOthers,
    createsOwn: isOwned && has('create'),
    changesOwn,
    removesOwn,
    rateLimit: rateLimit ?? false,
    mostRequests: rateLimit?.split('/')[0] ?? '',
    limitName: toLiteral(names.path),
    ...accessTests(access, owner, operations, refs),
  };
}

const quoted = (roles: readonly Role[]) => roles.map(toLiteral).join(', ');

type Asked = {
  /** Whether the service has to know who calls. */
  isPassed: boolean;
  /** What the service tells the repository of whose the rows are, with the comma beside it. */
  ownerId: string | false;
  /** Whether everybody is asked who they are, since a row may refer to one that is not public. */
  asks?: boolean;
};

/** What the code says of who may do one thing; what has nothing to say is empty. */
export function ruleView(
  level: Level,
  action: keyof Access,
  { isPassed, ownerId, asks = false }: Asked,
) {
  const isOpen = level === 'public';
  return {
    guard: guardOf(level, asks),
    security: isOpen && !asks ? 'security: []' : `...${securityOf(level, action)}`,
    errors: securedErrors(level, asks),
    /** The last parameter of the method of the service, and what a route gives for it. */
    parameter: isPassed ? `, caller: ${isOpen ? 'Caller | undefined' : 'Caller'}` : '',
    argument: isPassed ? `, ${isOpen ? 'optionalCallerOf(res)' : 'callerOf(res)'}` : '',
    ownerId: ownerId || '',
  };
}

/** What the documentation says of a guarded operation. */
function securityOf(level: Level, action: keyof Access): string {
  if (level === 'public') return 'optionallySecured()';
  if (level !== 'owner') return `secured(${rolesOf[level]})`;
  return `securedForOwner(${action === 'read' ? "'moderator', 'admin'" : "'admin'"})`;
}

/** The error answers of an operation beyond its own: `403, ` only where a role or owner may be wrong. */
function securedErrors(level: Level, asks = false): string {
  if (level === 'public') return asks ? '401, ' : '';
  return level === 'user' ? '401, ' : '401, 403, ';
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
