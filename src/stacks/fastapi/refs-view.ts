import {
  checksOf,
  outOfReach,
  type PrivateRef,
  readableBody,
  refusedWith,
} from '../endpoint/private-refs.ts';
import { readOf } from '../endpoint/readers.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import type { Parent, Resource } from '../resource.ts';
import { hidingOf } from './readers.ts';

export type RefsView = ReturnType<typeof refsView>;

/** What the templates name of references to rows that not everybody may read. */
export function refsView(resource: Resource, refs: readonly PrivateRef[]) {
  const { isAnonymous, ...checks } = checksOf(resource, refs);
  const body = bodyView(resource, refs);
  return {
    ...checks,
    refs: refs.length > 0 && {
      /** Whether a caller who has not signed in may get to the check. */
      isAnonymous,
      all: refs.map((ref) => ({
        name: ref.field.name,
        attribute: attributeName(ref.field.column),
        isReadable: isReadable(ref),
      })),
    },
    refTests: refs.map((ref) => refTest(ref, resource, refs)),
    refBody: body ?? false,
  };
}

/** Asks whether the caller may read the row; whether it is their own account needs no query. */
function isReadable({ parent }: PrivateRef): string {
  const { isByOwner, owner, mayRead } = hidingOf(parent);
  if (parent.isAccount) {
    const roles = readOf(parent).roles.map(toLiteral);
    return `may_read_user(${['id', 'caller', ...roles].join(', ')})`;
  }
  return isByOwner ? `await self.repository.has_${parent.names.column}(id, ${owner})` : mayRead;
}

/** What the tests of a reference are told beside its name. */
function refTest(
  { field, parent, creator, changer }: PrivateRef,
  { access, owner }: Resource,
  refs: readonly PrivateRef[],
) {
  const hasOwn = readOf(parent).isOwner && creator && outOfReach(refs, creator).length === 0;
  return {
    ...parent.names,
    name: field.name,
    creator: creator ? toLiteral(creator) : '',
    changer: changer ? toLiteral(changer) : '',
    refused: creator ? refusedWith(field, creator, refs).map(toLiteral).join(', ') : '',
    own: hasOwn ? ownRowOf(parent) : '',
    isOpen: access?.create.kind === 'public',
    ownerColumn: owner ? toLiteral(owner.column) : '',
  };
}

/** What makes of a body with any references one that the caller may send, if that takes anything. */
function bodyView(resource: Resource, refs: readonly PrivateRef[]) {
  const body = readableBody(resource, refs);
  return (
    body && {
      left: body.left.map(({ field }) => toLiteral(field.name)).join(', '),
      own: body.own.map(({ field, parent }) => ({ name: field.name, row: ownRowOf(parent) })),
    }
  );
}

/** The id of a row that the caller may read for being its owner. */
export function ownRowOf({ names, isAccount, ownerColumn }: Parent): string {
  if (isAccount) return 'api.caller_id';
  return `(await insert_${names.column}(api.db, {${toLiteral(ownerColumn)}: api.caller_id}))["id"]`;
}
