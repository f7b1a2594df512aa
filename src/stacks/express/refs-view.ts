import type { PrivateRef } from '../endpoint/private-refs.ts';
import {
  checksOf,
  looksUpOnCreate,
  outOfReach,
  readableBody,
  refusedWith,
} from '../endpoint/private-refs.ts';
import { readOf } from '../endpoint/readers.ts';
import type { Parent, Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { hidingOf, listRoles } from './readers.ts';

export type RefsView = ReturnType<typeof refsView>;

/** What the templates name of such references. */
export function refsView(resource: Resource, refs: PrivateRef[]) {
  const { isAnonymous, ...checks } = checksOf(resource, refs);
  const body = refBody(resource, refs);
  return {
    ...checks,
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

/** What makes of a body with any references one that the caller may send, if that takes anything. */
function refBody(resource: Resource, refs: PrivateRef[]) {
  const body = readableBody(resource, refs);
  if (!body) return false;
  const names = body.left.map(({ field }) => `, ${toLiteral(field.name)}`).join('');
  return {
    start: names === '' ? '(await endpoint.body())' : `without(await endpoint.body()${names})`,
    own: body.own.map(({ field, parent }) => ({ name: field.name, row: ownRowOf(parent) })),
  };
}

/** The id of a row that the caller owns, and so may read. */
function ownRowOf({ names, isAccount, ownerColumn }: Parent): string {
  if (isAccount) return 'api.callerId()';
  return `(await insert${names.Singular}(api.db, { ${ownerColumn}: api.callerId() })).id`;
}
