import { type Access, open, type Who } from '../../manifest/who.ts';
import { ownershipOf } from '../endpoint/ownership.ts';
import { outOfReach, type PrivateRef } from '../endpoint/private-refs.ts';
import { actionOf } from '../places.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import type { Resource } from '../resource.ts';
import { listRoles, ownRowsUnless } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** What the templates name of who may do what. */
export function accessView(
  resource: Resource,
  refs: readonly PrivateRef[],
  { checksCreate, checksChange }: RefsView,
) {
  const { access = open, owner, operations, rateLimit, roles } = resource;
  const { read, create, update, delete: remove } = access;
  const { hidesOthers, readersBy, listOwner, ...ownership } = ownershipOf(resource);
  const { isOwned, readsOwn, changesOwn, removesOwn } = ownership;
  const readerOf = (...some: Who[]) => ownRowsUnless(readersBy(...some));
  const [creator = roles.default] = create.roles;
  return {
    hasAccounts: resource.access !== undefined,
    ...ownership,
    refusal: ownership.refusal,
    ownerAttribute: owner ? attributeName(owner.column) : '',
    creator: toLiteral(outOfReach(refs, creator).length > 0 ? roles.admin : creator),
    admin: toLiteral(roles.admin),
    read: {
      ...ruleView(read, resource.access, { isPassed: readsOwn }),
      ownerId: readsOwn ? readerOf(read) : '',
      scope: readsOwn ? `{"_owner_id": ${readerOf(read)}}` : '{}',
    },
    create: {
      ...ruleView(create, resource.access, {
        isPassed: isOwned || checksCreate,
        asks: checksCreate,
        isKnown: callerId(resource.access, create) !== 'None',
      }),
      asksRefs: checksCreate,
      callerId: callerId(resource.access, create),
    },
    update: {
      ...ruleView(update, resource.access, {
        isPassed: changesOwn || checksChange,
        asks: checksChange,
      }),
      ownerId: changesOwn ? `owner_id=${ownRowsUnless(update.roles)}, ` : '',
      asksRefs: checksChange,
      reader: changesOwn && hidesOthers ? `, ${readerOf(read, update)}` : '',
    },
    remove: {
      ...ruleView(remove, resource.access, { isPassed: removesOwn }),
      ownerId: removesOwn ? `owner_id=${ownRowsUnless(remove.roles)}, ` : '',
      reader: removesOwn && hidesOthers ? `, ${readerOf(read, remove)}` : '',
    },
    usesAuth:
      [...operations].some((operation) => access[actionOf[operation]].kind !== 'public') ||
      checksCreate ||
      checksChange,
    readRoles: listRoles(read.roles),
    listOwner: toLiteral(listOwner),
    rateLimit: rateLimit ?? false,
    mostRequests: rateLimit?.split('/')[0] ?? '',
  };
}

type Asked = {
  /** Whether the service has to know who calls. */
  isPassed: boolean;
  /** Whether everybody is asked who they are, since a row may refer to one that is not public. */
  asks?: boolean;
  /** Whether the route has to know it in any case. */
  isKnown?: boolean;
};

/** What the code says of who may do one thing; what has nothing to say is empty. */
export function ruleView(
  who: Who,
  access: Access | undefined,
  { isPassed, asks = false, isKnown = false }: Asked,
) {
  const isOpen = who.kind === 'public';
  const isAsked = !isOpen || asks;
  const needsCaller = isAsked && (isPassed || isKnown);
  return {
    /** A parameter of the route for who calls, or a guard that lets it in. */
    caller: needsCaller ? callerType(who) : '',
    guard: isAsked && !needsCaller ? guardOf(who) : '',
    security: access === undefined ? '' : securityOf(who, asks),
    errors: securedErrors(who, asks),
    /** The last parameter of the method of the service, and what a route gives for it. */
    parameter: isPassed ? `, caller: ${isOpen ? 'Caller | None' : 'Caller'}` : '',
    argument: isPassed ? ', caller' : '',
  };
}

const roleGuard = ({ roles }: Who) => `require_role(${listRoles(roles)})`;
const isForAll = ({ kind, isOwner }: Who) => kind === 'user' || isOwner;

function callerType(who: Who): string {
  if (who.kind === 'public') return 'OptionalUser';
  return isForAll(who) ? 'CurrentUser' : `Annotated[Caller, Depends(${roleGuard(who)})]`;
}

function guardOf(who: Who): string {
  if (who.kind === 'public') return 'Depends(optional_user)';
  return `Depends(${isForAll(who) ? 'require_user' : roleGuard(who)})`;
}

/** What the documentation says of a guarded operation. */
function securityOf(who: Who, asks: boolean): string {
  if (who.kind === 'public') return asks ? 'OPTIONALLY_SECURED' : 'UNSECURED';
  if (who.isOwner) return `secured_for_owner(${listRoles(who.roles)})`;
  return `secured(${who.kind === 'some' ? listRoles(who.roles) : ''})`;
}

/** The error answers of an operation beyond its own: `403, ` only where a role or owner may be wrong. */
function securedErrors({ kind }: Who, asks: boolean): string {
  if (kind === 'public') return asks ? '401, ' : '';
  return kind === 'user' ? '401, ' : '401, 403, ';
}

/** Whose idempotency keys they are: anybody's where a caller need not sign in. */
export function callerId(access: Access | undefined, create: Who): string {
  return access === undefined || create.kind === 'public' ? 'None' : 'caller.id';
}
