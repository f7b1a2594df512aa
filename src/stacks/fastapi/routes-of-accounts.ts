import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { routesIn } from '../routes-in.ts';
import type { Route } from '../stack.ts';

/** The routes that come with accounts, below the base path. */
export const routesOfAccounts = (manifest: Manifest): Route[] => [
  ...routesIn('app/auth/router.py', 'public', [
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/refresh',
  ]),
  // A page logs out by its cookie alone, also when its access token has expired.
  ...routesIn('app/auth/router.py', hasPart(manifest, 'browser') ? 'public' : 'user', [
    'POST /auth/logout',
  ]),
  ...routesIn('app/auth/router.py', 'user', ['POST /auth/logout-all']),
  ...routesIn('app/auth/me_router.py', 'user', [
    'GET /me',
    'PATCH /me',
    'PATCH /me/password',
    'GET /me/sessions',
    'DELETE /me/sessions/:id',
  ]),
];

/** The routes that come with mail. */
export const routesOfMail = ({ roles }: Manifest): Route[] => [
  ...routesIn('app/auth/email_router.py', 'public', [
    'POST /auth/verify-email',
    'POST /auth/forgot-password',
    'POST /auth/reset-password',
  ]),
  ...routesIn('app/auth/email_router.py', 'user', [
    'POST /auth/change-email',
    'POST /auth/send-verification',
  ]),
  ...routesIn('app/auth/email_router.py', knownRoles(roles).admin, ['POST /auth/invite']),
  ...routesIn('app/auth/email_router.py', 'public', ['POST /auth/accept-invitation']),
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
