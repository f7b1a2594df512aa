import { open, type Who } from '../../../manifest/who.ts';
import { readOf } from '../../endpoint/readers.ts';
import type { Parent, Resource, ResourceField } from '../../resource.ts';
import type { Expected } from './answer.ts';

/** What is known of the rows that a run makes of an endpoint. */
export type Reach = {
  resource: Resource;
  /** The variable with the row that a run makes. */
  made: string;
  /** The variable with a row that others can refer to: the one that was made, or else one that is there. */
  known: string;
  /** Whether a row is made whoever runs it. */
  isCertain: boolean;
  /** The references that a new row has. */
  refs: readonly ResourceField[];
  /** The roles that may make rows, but none that they can refer to. */
  unable: readonly string[];
  /** Whether somebody can have one row only. */
  isSingle: boolean;
};

/** The endpoints in an order in which each comes after those that its rows have to refer to. */
export function inOrder(resources: readonly Resource[]): Resource[] {
  const rest = new Map(resources.map((resource) => [resource.names.plural, resource]));
  const order: Resource[] = [];
  const waits = ({ fields, names }: Resource) =>
    fields.some(({ parent, optional, readonly }) => {
      const to = parent?.names.plural ?? '';
      return !optional && !readonly && to !== names.plural && rest.has(to);
    });
  while (rest.size > 0) {
    const next = [...rest.values()].find((each) => !waits(each)) ?? [...rest.values()][0];
    if (next === undefined) break;
    rest.delete(next.names.plural);
    order.push(next);
  }
  return order;
}

/** What runs know of endpoints, which are in order. */
export function reachesOf(ordered: readonly Resource[]): Reach[] {
  const known = new Map<string, Reach>();
  for (const resource of ordered) {
    known.set(resource.names.plural, reachOf(resource, known));
  }
  return [...known.values()];
}

function reachOf(resource: Resource, known: ReadonlyMap<string, Reach>): Reach {
  const { names, fields, operations, access = open, roles, isAccounts } = resource;
  const made = isAccounts ? 'userId' : `${names.singular}Id`;
  if (isAccounts) {
    return { resource, made, known: made, isCertain: true, refs: [], unable: [], isSingle: false };
  }
  const { create } = access;
  const writable = fields.filter(({ readonly, parent }) => !readonly && parent !== undefined);
  const of = (field: ResourceField) => known.get(field.parent?.names.plural ?? '');
  const refs = writable.filter((field) => {
    if (!field.optional) return true;
    const isEasy = of(field)?.isCertain === true && !field.unique;
    return isEasy && create.enters.every((role) => isReadable(field.parent, role));
  });
  const unable = create.enters.filter((role) =>
    refs.some(({ parent }) => !isReadable(parent, role)),
  );
  const isForAll = resource.access === undefined || create.enters.length === roles.names.length;
  const isSingle =
    refs.some(({ unique }) => unique) || fields.some(({ owner, unique }) => owner && unique);
  const isMade = operations.has('create') && isForAll && unable.length === 0;
  const isCertain =
    isMade &&
    refs.every((field) => of(field)?.isCertain === true) &&
    (!isSingle || operations.has('delete'));
  const ref = isCertain ? made : `${names.singular}Ref`;
  return { resource, made, known: ref, isCertain, refs, unable, isSingle };
}

/** Whether users with a role read the row of a parent that they made, or that they are. */
export function isReadable(parent: Parent | undefined, role: string): boolean {
  if (parent === undefined) return true;
  const read = readOf(parent);
  return read.isOwner || read.kind === 'public' || read.roles.includes(role);
}

/** The answer to who made a row, or is let in at all. */
export function expectedOf(
  { access, roles }: Resource,
  who: Who,
  statuses: readonly number[],
  by: 'maker' | 'anybody' = 'maker',
): Expected {
  if (access === undefined) return { statuses };
  const may = by === 'maker' && !who.isOwner ? who.roles : who.enters;
  const isForAll = who.kind === 'public' || may.length === roles.names.length;
  return isForAll ? { statuses } : { statuses, may };
}

/** Whether a row that others have to refer to may be there when a run ends, since some of theirs stay. */
export function isHeld(plural: string, reaches: readonly Reach[]): boolean {
  return reaches.some(({ resource, refs }) => {
    const isBelow = refs.some(
      ({ parent, optional }) => parent?.names.plural === plural && !optional,
    );
    return isBelow && resource.names.plural !== plural && stays(resource, reaches);
  });
}

function stays(resource: Resource, reaches: readonly Reach[]): boolean {
  const { operations, access = open, names } = resource;
  if (!operations.has('create')) return false;
  if (!operations.has('delete')) return true;
  const isKept = access.create.enters.some(
    (role) => !access.delete.isOwner && !access.delete.roles.includes(role),
  );
  return isKept || isHeld(names.plural, reaches);
}
