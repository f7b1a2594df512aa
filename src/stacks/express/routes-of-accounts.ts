import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import type { Route } from '../stack.ts';
import { routesIn } from './routes-in.ts';

/** The routes that come with accounts, below the base path. */
export function routesOfAccounts({ roles }: Manifest): Route[] {
  const { admin } = knownRoles(roles);
  return [
    ...routesIn('src/auth/auth.routes.ts', 'public', [
      'POST /auth/register',
      'POST /auth/login',
      'POST /auth/refresh',
    ]),
    ...routesIn('src/auth/auth.routes.ts', 'user', ['POST /auth/logout', 'POST /auth/logout-all']),
    ...routesIn('src/auth/me.routes.ts', 'user', [
      'GET /me',
      'PATCH /me/password',
      'GET /me/sessions',
      'DELETE /me/sessions/:id',
    ]),
    ...routesIn('src/modules/users/users.routes.ts', admin, ['GET /users']),
    ...routesIn('src/modules/users/users.routes.ts', 'owner', ['GET /users/:id']),
    ...routesIn('src/modules/users/users.routes.ts', admin, ['PATCH /users/:id']),
  ];
}
