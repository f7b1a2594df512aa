import * as accounts from 'templates:fastapi/accounts';
import * as browser from 'templates:fastapi/browser';
import * as expiry from 'templates:fastapi/expiry';
import * as graphql from 'templates:fastapi/graphql';
import * as graphqlAccounts from 'templates:fastapi/graphql-accounts';
import * as mail from 'templates:fastapi/mail';
import * as oidc from 'templates:fastapi/oidc';
import * as oidcMail from 'templates:fastapi/oidc-mail';
import * as oldShapes from 'templates:fastapi/old-shapes';
import * as project from 'templates:fastapi/project';
import * as services from 'templates:fastapi/services';
import * as versions from 'templates:fastapi/versions';
import * as webhooks from 'templates:fastapi/webhooks';
import * as mailTexts from 'templates:shared/mail-texts';
import * as oidcMailTexts from 'templates:shared/oidc-mail-texts';
import type { Manifest } from '../../manifest/manifest.ts';
import { withTemplates } from '../compose.ts';
import { type Part, partOf } from '../part.ts';
import { routesIn } from '../routes-in.ts';
import { webhookRoutesOf } from '../services-view.ts';
import { routesOfAccounts, routesOfMail, routesOfOidc } from './routes-of-accounts.ts';

/** Every part, the one that all projects have first. */
export const parts: readonly Part[] = [
  partOf('project', project, {
    api: [],
    root: [
      ...routesIn('app/http/health.py', 'public', ['GET /health', 'GET /ready']),
      ...routesIn('app/http/docs.py', 'public', ['GET /openapi.json', 'GET /docs']),
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
    api: routesIn('app/graphql/router.py', 'public', ['POST /graphql']),
    root: routesIn('app/graphql/graphiql.py', 'public', ['GET /graphiql']),
  }),
  partOf('graphql-accounts', graphqlAccounts),
  partOf('services', services),
  partOf('webhooks', webhooks, (manifest) => ({
    api: routesIn('app/webhooks/router.py', 'public', webhookRoutesOf(manifest)),
    root: [],
  })),
  partOf('versions', versions, ({ versions = {} }) => ({
    api: [],
    root: routesIn(
      'app/http/docs.py',
      'public',
      Object.keys(versions).map((name) => `GET /openapi/${name}.json`),
    ),
  })),
  partOf('old-shapes', oldShapes),
];

/** The parts that a project is made of. */
export const partsOf = (manifest: Manifest): Part[] => parts.filter(({ isIn }) => isIn(manifest));
