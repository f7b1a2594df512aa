import type { Level } from '../../manifest/access.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { placesOf } from '../places.ts';
import { describeResource } from '../resource.ts';
import type { Route } from '../stack.ts';

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
    'PATCH /me',
    'PATCH /me/password',
    'GET /me/sessions',
    'DELETE /me/sessions/:id',
  ]),
];

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
  return placesOf(resource).map((place) => ({ ...place, file }));
}

function from(file: string, access: Level, routes: string[]): Route[] {
  return routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, access, file };
  });
}
