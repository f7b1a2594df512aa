import * as accounts from 'templates:express/accounts';
import * as graphql from 'templates:express/graphql';
import * as graphqlAccounts from 'templates:express/graphql-accounts';
import * as mail from 'templates:express/mail';
import * as project from 'templates:express/project';
import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Part } from '../part.ts';
import { routesIn } from '../routes-in.ts';
import { routesOfAccounts, routesOfMail } from './routes-of-accounts.ts';

/** Every part, the one that all projects have first. */
export const parts: readonly Part[] = [
  {
    name: 'project',
    ...project,
    isIn: () => true,
    routes: {
      api: [],
      root: [
        ...routesIn('src/http/health.ts', 'public', ['GET /health', 'GET /ready']),
        ...routesIn('src/http/docs.ts', 'public', ['GET /openapi.json', 'GET /docs']),
      ],
    },
    secrets: {},
  },
  {
    name: 'accounts',
    ...accounts,
    isIn: ({ auth }) => auth === 'jwt',
    routes: { api: routesOfAccounts, root: [] },
    secrets: { AUTH_SECRET: 'signing in as any user' },
  },
  {
    name: 'mail',
    ...mail,
    isIn: (manifest) => hasPart(manifest, 'mail'),
    routes: (manifest) => ({ api: routesOfMail(manifest), root: [] }),
    secrets: {},
  },
  {
    name: 'graphql',
    ...graphql,
    isIn: (manifest) => manifest.graphql === true,
    routes: {
      api: routesIn('src/graphql/graphql.routes.ts', 'public', ['POST /graphql']),
      root: routesIn('src/graphql/graphiql.ts', 'public', ['GET /graphiql']),
    },
    secrets: {},
  },
  {
    name: 'graphql-accounts',
    ...graphqlAccounts,
    isIn: ({ auth, graphql: isThere }) => auth === 'jwt' && isThere === true,
    routes: { api: [], root: [] },
    secrets: {},
  },
];

/** The parts that a project is made of. */
export const partsOf = (manifest: Manifest): Part[] => parts.filter(({ isIn }) => isIn(manifest));
