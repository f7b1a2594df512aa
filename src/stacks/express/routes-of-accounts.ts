import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { routesIn } from '../routes-in.ts';
import type { Route } from '../stack.ts';

/** The routes that come with accounts, below the base path. */
export const routesOfAccounts = (manifest: Manifest): Route[] => [
  ...routesIn('src/auth/auth.routes.ts', 'public', [
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/refresh',
  ]),
  // A page logs out by its cookie alone, also when its access token has expired.
  ...routesIn('src/auth/auth.routes.ts', hasPart(manifest, 'browser') ? 'public' : 'user', [
    'POST /auth/logout',
  ]),
  ...routesIn('src/auth/auth.routes.ts', 'user', ['POST /auth/logout-all']),
  ...routesIn('src/auth/me.routes.ts', 'user', [
    'GET /me',
    'PATCH /me',
    'PATCH /me/password',
    'GET /me/sessions',
    'DELETE /me/sessions/:id',
  ]),
];

/** The routes that come with mail. */
export const routesOfMail = ({ roles }: Manifest): Route[] => [
  ...routesIn('src/auth/email.routes.ts', 'public', [
    'POST /auth/verify-email',
    'POST /auth/forgot-password',
    'POST /auth/reset-password',
  ]),
  ...routesIn('src/auth/email.routes.ts', 'user', [
    'POST /auth/change-email',
    'POST /auth/send-verification',
  ]),
  ...routesIn('src/auth/email.routes.ts', knownRoles(roles).admin, ['POST /auth/invite']),
  ...routesIn('src/auth/email.routes.ts', 'public', ['POST /auth/accept-invitation']),
];

/** The routes that come with OpenID Connect. */
export const routesOfOidc: Route[] = [
  ...routesIn('src/auth/oidc.routes.ts', 'public', [
    'GET /auth/oidc',
    'GET /auth/oidc/:provider',
    'GET /auth/oidc/:provider/callback',
    'POST /auth/oidc/complete',
  ]),
  ...routesIn('src/auth/oidc.routes.ts', 'user', ['POST /auth/oidc/:provider/link']),
  ...routesIn('src/auth/identities.routes.ts', 'user', [
    'GET /me/identities',
    'POST /me/identities',
    'DELETE /me/identities/:id',
  ]),
];
