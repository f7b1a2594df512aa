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

/** The routes that come with OpenID Connect. */
export const routesOfOidc = [
  ...routesIn('app/oidc/router.py', 'public', [
    'GET /auth/oidc',
    'GET /auth/oidc/:provider',
    'GET /auth/oidc/:provider/callback',
    'POST /auth/oidc/complete',
  ]),
  ...routesIn('app/oidc/router.py', 'user', ['POST /auth/oidc/:provider/link']),
  ...routesIn('app/oidc/identities_router.py', 'user', [
    'GET /me/identities',
    'POST /me/identities',
    'DELETE /me/identities/:id',
  ]),
];
