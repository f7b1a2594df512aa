import * as accounts from 'templates:express/accounts';
import * as browser from 'templates:express/browser';
import * as expiry from 'templates:express/expiry';
import * as graphql from 'templates:express/graphql';
import * as graphqlAccounts from 'templates:express/graphql-accounts';
import * as mail from 'templates:express/mail';
import * as oidc from 'templates:express/oidc';
import * as oidcMail from 'templates:express/oidc-mail';
import * as oldShapes from 'templates:express/old-shapes';
import * as project from 'templates:express/project';
import * as services from 'templates:express/services';
import * as sharedLimits from 'templates:express/shared-limits';
import * as versions from 'templates:express/versions';
import * as webhooks from 'templates:express/webhooks';
import * as mailTexts from 'templates:shared/mail-texts';
import * as oidcMailTexts from 'templates:shared/oidc-mail-texts';
import type { Manifest } from '../../manifest/manifest.ts';
import { withTemplates } from '../compose.ts';
import { type Part, partOf } from '../part.ts';
import { routesIn } from '../routes-in.ts';
import { webhookRoutesOf } from '../services-view.ts';
import { routesOfVersions } from './old-versions-view.ts';
import { routesOfAccounts, routesOfMail, routesOfOidc } from './routes-of-accounts.ts';

/** Every part, the one that all projects have first. */
export const parts: readonly Part[] = [
  partOf('project', project, {
    api: [],
    root: [
      ...routesIn('src/http/health.ts', 'public', ['GET /health', 'GET /ready']),
      ...routesIn('src/http/docs.ts', 'public', ['GET /openapi.json', 'GET /docs']),
    ],
  }),
  partOf('accounts', accounts, (manifest) => ({ api: routesOfAccounts(manifest), root: [] })),
  partOf('expiry', expiry),
  partOf('mail', withTemplates(mail, mailTexts), (manifest) => ({
    api: routesOfMail(manifest),
    root: [],
  })),
  partOf('browser', browser),
  partOf('oidc', oidc, { api: routesOfOidc, root: [] }),
  partOf('oidc-mail', withTemplates(oidcMail, oidcMailTexts)),
  partOf('graphql', graphql, {
    api: routesIn('src/graphql/graphql.routes.ts', 'public', ['POST /graphql']),
    root: routesIn('src/graphql/graphiql.ts', 'public', ['GET /graphiql']),
  }),
  partOf('graphql-accounts', graphqlAccounts),
  partOf('shared-limits', sharedLimits),
  partOf('versions', versions, (manifest) => ({ api: [], root: routesOfVersions(manifest) })),
  partOf('old-shapes', oldShapes),
  partOf('services', services),
  partOf('webhooks', webhooks, (manifest) => ({
    api: routesIn('src/services/webhook.routes.ts', 'public', webhookRoutesOf(manifest)),
    root: [],
  })),
];

/** The parts that a project is made of. */
export const partsOf = (manifest: Manifest): Part[] => parts.filter(({ isIn }) => isIn(manifest));
