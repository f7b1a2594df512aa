import type { Action } from '../manifest/access.ts';
import type { Operation } from '../manifest/choices.ts';
import { levelOf } from '../manifest/who.ts';
import type { Resource } from './resource.ts';
import type { Route } from './stack.ts';

/** What can be asked for of an endpoint, below the base path, whatever answers. */
export type Place = Omit<Route, 'file'>;

/** The rule of access that an operation falls under. */
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

/** The places of an endpoint: the contract of every stack. */
export function placesOf(resource: Resource): Place[] {
  const { path } = resource.names;
  return [
    ...placesAt(`/${path}`, ofCollection, resource),
    ...placesAt(`/${path}/:id`, ofMember, resource),
    ...placesAt(nestedPath(resource), ofCollection, resource),
  ];
}

function placesAt(
  path: string | undefined,
  some: Operation[],
  { operations, access, roles, isAccounts }: Resource,
): Place[] {
  if (path === undefined) return [];
  return some
    .filter((operation) => operations.has(operation))
    .map((operation) => {
      const who = access?.[actionOf[operation]];
      // Who may read only themselves need no list.
      const isForReaders = isAccounts && operation === 'list' && who?.isOwner;
      const level = isForReaders ? levelOf(who.roles, roles.admin) : who?.level;
      return { method: methods[operation], path, access: level ?? 'public' };
    });
}

function nestedPath({ names, under }: Resource): string | undefined {
  return under?.parent && `/${under.parent.names.path}/:${under.name}/${names.path}`;
}
