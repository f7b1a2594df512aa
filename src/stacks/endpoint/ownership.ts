import type { Operation } from '../../manifest/manifest.ts';
import { open, type Who } from '../../manifest/who.ts';
import type { Resource } from '../resource.ts';

/** Where whose a row is decides what a caller may do with it. */
export function ownershipOf({ access = open, owner, operations, roles }: Resource) {
  const { read, update, delete: remove } = access;
  const has = (...some: Operation[]) => some.some((operation) => operations.has(operation));
  const readsOwn = read.isOwner;
  const changesOwn = update.isOwner && has('replace', 'update');
  const removesOwn = remove.isOwner && has('delete');
  const refusesOthers = changesOwn || removesOwn;
  const hidesOthers = refusesOthers && read.kind === 'some';
  return {
    isOwned: owner !== undefined,
    readsOwn,
    changesOwn,
    removesOwn,
    createsOwn: owner !== undefined && has('create'),
    listsOwn: readsOwn && has('list'),
    findsOwn: (readsOwn && has('get')) || hidesOthers,
    /** Why a change is refused; `hides` if not everybody who asks may read the row. */
    refusal: has('replace', 'update', 'delete') && { byOwner: refusesOthers, hides: hidesOthers },
    hidesOthers,
    /** The roles that learn of every row that it is there: who may change each of them does. */
    readersBy: (...some: Who[]) =>
      roles.names.filter((role) => some.some((who) => who.roles.includes(role))),
    /** A role that does not read the rows of others, where owners read. */
    listOwner: roles.names.find((role) => !read.roles.includes(role)) ?? roles.default,
  };
}
