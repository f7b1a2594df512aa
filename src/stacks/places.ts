import type { Action } from '../manifest/access.ts';
import type { Operation } from '../manifest/choices.ts';
import { levelOf, open, type Who } from '../manifest/who.ts';
import type { Resource } from './resource.ts';
import type { Route } from './stack.ts';

/** A route of an endpoint below the base path, without its file. */
export type Place = Omit<Route, 'file'>;

/** The access rule of each operation. */
export const actionOf: Record<Operation, Action> = {
  list: 'read',
  get: 'read',
  create: 'create',
  replace: 'update',
  update: 'update',
  delete: 'delete',
};

const methods: Record<Operation, string> = {
  list: 'GET',
  create: 'POST',
  get: 'GET',
  replace: 'PUT',
  update: 'PATCH',
  delete: 'DELETE',
};
const ofCollection: Operation[] = ['list', 'create'];
const ofMember: Operation[] = ['get', 'replace', 'update', 'delete'];

/** Who may do an operation. */
export function whoMayDo(
  { access = open, isAccounts, roles }: Resource,
  operation: Operation,
): Who {
  const who = access[actionOf[operation]];
  // Those who may read only themselves need no list.
  const isForReaders = isAccounts && operation === 'list' && who.isOwner;
  if (!isForReaders) return who;
  const level = levelOf(who.roles, roles.admin);
  return { ...who, isOwner: false, enters: who.roles, level };
}

/** The routes of an endpoint: the contract of every stack. */
export function placesOf(resource: Resource): Place[] {
  const { path } = resource.names;
  return [
    ...placesAt(`/${path}`, ofCollection, resource),
    ...placesAt(`/${path}/:id`, ofMember, resource),
    ...placesAt(nestedPath(resource), ofCollection, resource).map((place) =>
      below(place, resource),
    ),
  ];
}

function placesAt(path: string | undefined, some: Operation[], resource: Resource): Place[] {
  if (path === undefined) return [];
  return some
    .filter((operation) => resource.operations.has(operation))
    .map((operation) => ({
      method: methods[operation],
      path,
      access: whoMayDo(resource, operation).level,
    }));
}

/** Who may not read a parent without signing in may not ask for what is below it either. */
function below(place: Place, { under }: Resource): Place {
  const isHidden = place.access === 'public' && under?.parent?.access?.read.kind !== 'public';
  return isHidden && under?.parent?.access ? { ...place, access: 'user' } : place;
}

function nestedPath({ names, under }: Resource): string | undefined {
  return under?.parent && `/${under.parent.names.path}/:${under.name}/${names.path}`;
}
