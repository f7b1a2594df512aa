import { type Access, open, type Who } from '../../manifest/who.ts';
import { ownershipOf } from '../endpoint/ownership.ts';
import { outOfReach, type PrivateRef } from '../endpoint/private-refs.ts';
import { actionOf } from '../places.ts';
import type { Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { accessTests } from './access-tests.ts';
import { listRoles, ownRowsUnless } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** The argument with which a route finds out who calls, and its comma. `asks`: on public routes too. */
function guardOf({ kind, isOwner, roles }: Who, asks = false): string {
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
  const { read, create, update, delete: remove } = access;
  const { hidesOthers, readersBy, listOwner, ...ownership } = ownershipOf(resource);
  const { isOwned, readsOwn, changesOwn, removesOwn, createsOwn } = ownership;
  const readerOf = (...some: Who[]) => `, ${ownRowsUnless(readersBy(...some))}`;
  const changerOf = (who: Who) => `ownerId: ${ownRowsUnless(who.roles)}, `;
  const [creator = roles.default] = create.roles;
  return {
    hasAccounts: resource.access !== undefined,
    isOwned,
    ownerName: owner?.name ?? '',
    ownerColumn: owner?.column ?? '',
    creator: toLiteral(outOfReach(refs, creator).length > 0 ? roles.admin : creator),
    admin: toLiteral(roles.admin),
    read: ruleView(read, { isPassed: readsOwn, ownerId: readsOwn && readerOf(read) }),
    create: {
      ...ruleView(create, {
        isPassed: isOwned || checksCreate,
        ownerId: isOwned && ', caller.id',
        asks: checksCreate,
      }),
      asksRefs: checksCreate,
      callerId: callerId(resource.access, create),
    },
    update: {
      ...ruleView(update, {
        isPassed: changesOwn || checksChange,
        ownerId: changesOwn && changerOf(update),
        asks: checksChange,
      }),
      asksRefs: checksChange,
      reader: changesOwn && hidesOthers ? readerOf(read, update) : '',
    },
    remove: {
      ...ruleView(remove, { isPassed: removesOwn, ownerId: removesOwn && changerOf(remove) }),
      reader: removesOwn && hidesOthers ? readerOf(read, remove) : '',
    },
    usesAuth:
      [...operations].some((operation) => access[actionOf[operation]].kind !== 'public') ||
      checksCreate ||
      checksChange,
    refusal: ownership.refusal,
    listsOwn: ownership.listsOwn,
    findsOwn: ownership.findsOwn,
    readRoles: listRoles(read.roles),
    listOwner: toLiteral(listOwner),
    createsOwn,
    changesOwn,
    removesOwn,
    rateLimit: rateLimit ?? false,
    mostRequests: rateLimit?.split('/')[0] ?? '',
    limitName: toLiteral(names.path),
    ...accessTests(resource, refs),
  };
}

type Asked = {
  /** Whether the service has to know who calls. */
  isPassed: boolean;
  /** The argument with the owner of the rows, for the repository, and its comma. */
  ownerId: string | false;
  /** Whether public routes look who calls too, since a row may refer to one that is not public. */
  asks?: boolean;
};

/** How the code says who may do one thing. Parts that are not needed are empty. */
export function ruleView(who: Who, { isPassed, ownerId, asks = false }: Asked) {
  const isOpen = who.kind === 'public';
  return {
    guard: guardOf(who, asks),
    security: isOpen && !asks ? 'security: []' : `...${securityOf(who)}`,
    errors: securedErrors(who, asks),
    /** The last parameter of the method of the service, and the argument that a route passes. */
    parameter: isPassed ? `, caller: ${isOpen ? 'Caller | undefined' : 'Caller'}` : '',
    argument: isPassed ? `, ${isOpen ? 'optionalCallerOf(res)' : 'callerOf(res)'}` : '',
    ownerId: ownerId || '',
  };
}

/** How OpenAPI describes that an operation is guarded. */
function securityOf({ kind, isOwner, roles }: Who): string {
  if (kind === 'public') return 'optionallySecured()';
  if (isOwner) return `securedForOwner(${listRoles(roles)})`;
  return `secured(${kind === 'some' ? listRoles(roles) : ''})`;
}

/** The error responses that a guard adds: `403, ` only where the role or the owner may be wrong. */
function securedErrors({ kind }: Who, asks = false): string {
  if (kind === 'public') return asks ? '401, ' : '';
  return kind === 'user' ? '401, ' : '401, 403, ';
}

/** The owner of idempotency keys; empty where callers need not sign in. */
export function callerId(access: Access | undefined, create: Who): string {
  return access === undefined || create.kind === 'public' ? "''" : 'callerOf(res).id';
}
