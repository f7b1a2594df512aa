import { routesIn } from '../routes-in.ts';

/** The routes that come with accounts, below the base path. */
export const routesOfAccounts = [
  ...routesIn('app/auth/router.py', 'public', [
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/refresh',
  ]),
  ...routesIn('app/auth/router.py', 'user', ['POST /auth/logout', 'POST /auth/logout-all']),
  ...routesIn('app/auth/me_router.py', 'user', [
    'GET /me',
    'PATCH /me',
    'PATCH /me/password',
    'GET /me/sessions',
    'DELETE /me/sessions/:id',
  ]),
];
