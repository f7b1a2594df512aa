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
    ...readableCases(resource, refs),
    ownRows: ownRows(refs),
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

/** The cases of the tests of a reference: for new rows, and for those that are there. */
function readableCases(resource: Resource, refs: readonly PrivateRef[]) {
  return {
    readables: table(
      refs.flatMap((ref) =>
        ref.creator === undefined ? [] : [createdWith(ref, ref.creator, resource, refs)],
      ),
    ),
    readableChanges: table(
      refs.flatMap(({ field, parent, changer }) =>
        changer === undefined
          ? []
          : [readable(field.name, changer, `insert=insert_${parent.names.column}`)],
      ),
    ),
  };
}

const table = (rows: readonly string[]) => rows.length > 0 && `[${rows.join(', ')}]`;

function createdWith(
  { field, parent }: PrivateRef,
  role: string,
  { access }: Resource,
  refs: readonly PrivateRef[],
): string {
  const refused = refusedWith(field, role, refs);
  const hasOwn = readOf(parent).isOwner && outOfReach(refs, role).length === 0;
  return readable(
    field.name,
    role,
    `insert=insert_${parent.names.column}`,
    ...(refused.length > 1 ? [`refused=(${refused.map(toLiteral).join(', ')})`] : []),
    ...(hasOwn ? [`own=own_${parent.names.column}`] : []),
    ...(access?.create.kind === 'public' ? ['is_open=True'] : []),
  );
}

const readable = (field: string, role: string, ...more: string[]) =>
  `Readable(${[`field=${toLiteral(field)}`, `role=${toLiteral(role)}`, ...more].join(', ')})`;

/** What makes of a body with any references one that the caller may send, if that takes anything. */
function bodyView(resource: Resource, refs: readonly PrivateRef[]) {
  const body = readableBody(resource, refs);
  return (
    body && {
      left: body.left.map(({ field }) => toLiteral(field.name)).join(', '),
      own: body.own.map(({ field, parent }) => ({ name: field.name, ...ownRowOf(parent) })),
    }
  );
}

/** How a test gets a row that the caller may read for being its owner. */
const ownRowOf = ({ names, isAccount, ownerColumn }: Parent) => ({
  isAccount,
  column: names.column,
  ownerAttribute: attributeName(ownerColumn),
});

/** The parents of which a caller may read only their own rows: the tests make such a row of each. */
function ownRows(refs: readonly PrivateRef[]) {
  const parents = refs.flatMap(({ parent, creator }) =>
    creator && readOf(parent).isOwner ? [parent] : [],
  );
  const byTable = new Map(parents.map((parent) => [parent.names.table, parent]));
  return [...byTable.values()].map((parent) => ({
    name: `own_${parent.names.column}`,
    ...ownRowOf(parent),
  }));
}
