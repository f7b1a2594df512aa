import { open, type Who } from '../../manifest/who.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';
import { atLeastReader, readOf, strangerTo } from './readers.ts';

export type Nesting = NonNullable<ReturnType<typeof nestingOf>>;

/** The routes below one row of a parent; undefined where there are none. */
export function nestingOf({ names, access = open, roles, operations, owner, under }: Resource) {
  if (under === undefined) return undefined;
  const parent = parentOf(under, names.plural);
  const list = operations.has('list');
  const create = operations.has('create');
  const read = atLeastReader(access.read, parent);
  const add = atLeastReader(access.create, parent);
  const listStranger = list ? strangerTo(parent, read) : undefined;
  const createStranger = create ? strangerTo(parent, add) : undefined;
  const keptOut = ({ kind, enters }: Who) =>
    kind === 'some' ? roles.names.filter((role) => !enters.includes(role)) : [];
  return {
    field: under,
    parent,
    list,
    create,
    /** Who may list and create there. */
    read,
    add,
    /** Roles that get there and may not read every parent. */
    listStranger,
    createStranger,
    /** Whether some callers get here who may not read every parent. */
    hides: listStranger !== undefined || createStranger !== undefined,
    isByOwner: readOf(parent).isOwner,
    createsOwn: create && owner !== undefined,
    /** Whether the path says whose a new row is: nobody makes one for somebody else. */
    isOwner: under === owner,
    guardsList: list && read.kind !== 'public',
    guardsCreate: create && add.kind !== 'public',
    /** The roles that the guard of the route sends away. */
    keptFromList: list ? keptOut(read) : [],
    keptFromCreate: create ? keptOut(add) : [],
  };
}

function parentOf({ parent }: ResourceField, plural: string): Parent {
  if (!parent) throw new Error(`${plural} is nested under a field without a parent`);
  return parent;
}
