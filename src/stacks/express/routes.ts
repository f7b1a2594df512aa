import type { Level } from '../../manifest/access.ts';
import type { Manifest, Operation } from '../../manifest/manifest.ts';
import { describeResource, type Resource } from '../resource.ts';
import type { Route } from '../stack.ts';
import { actionOf } from './access-view.ts';

type Place = { method: string; access: Level; path: string };

const health = from('src/http/health.ts', 'public', ['GET /health', 'GET /ready']);
const docs = from('src/http/docs.ts', 'public', ['GET /openapi.json', 'GET /docs']);

const accounts = [
  ...from('src/auth/auth.routes.ts', 'public', [
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/refresh',
  ]),
  ...from('src/auth/auth.routes.ts', 'user', ['POST /auth/logout', 'POST /auth/logout-all']),
  ...from('src/auth/me.routes.ts', 'user', [
    'GET /me',
    'PATCH /me/password',
    'GET /me/sessions',
    'DELETE /me/sessions/:id',
  ]),
  ...from('src/modules/users/users.routes.ts', 'admin', ['GET /users']),
  ...from('src/modules/users/users.routes.ts', 'owner', ['GET /users/:id']),
  ...from('src/modules/users/users.routes.ts', 'admin', ['PATCH /users/:id']),
];

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

/** Every route of a backend: its own first, then those of accounts, then one endpoint after another. */
export function listRoutes(manifest: Manifest): Route[] {
  const api = [
    ...(manifest.auth === 'jwt' ? accounts : []),
    ...Object.keys(manifest.endpoints).flatMap((plural) => routesOf(manifest, plural)),
  ];
  const { basePath } = manifest;
  return [...health, ...docs, ...api.map((route) => ({ ...route, path: basePath + route.path }))];
}

function routesOf(manifest: Manifest, plural: string): Route[] {
  const resource = describeResource(manifest, plural);
  const { path } = resource.names;
  const file = `src/modules/${path}/${path}.routes.ts`;
  const places = [
    ...placesAt(`/${path}`, ofCollection, resource),
    ...placesAt(`/${path}/:id`, ofMember, resource),
    ...placesAt(nestedPath(resource), ofCollection, resource),
  ];
  return places.map((place) => ({ ...place, file }));
}

function placesAt(
  path: string | undefined,
  some: Operation[],
  { operations, access }: Resource,
): Place[] {
  if (path === undefined) return [];
  return some
    .filter((operation) => operations.has(operation))
    .map((operation) => ({
      method: methods[operation],
      path,
      access: access?.[actionOf[operation]] ?? 'public',
    }));
}

function nestedPath({ names, under }: Resource): string | undefined {
  return under?.parent && `/${under.parent.names.path}/:${under.name}/${names.path}`;
}

function from(file: string, access: Level, routes: string[]): Route[] {
  return routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, access, file };
  });
}
