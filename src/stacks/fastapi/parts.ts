import * as accounts from 'templates:fastapi/accounts';
import * as project from 'templates:fastapi/project';
import type { Manifest } from '../../manifest/manifest.ts';
import type { PartTemplates } from '../compose.ts';
import { routesIn } from '../routes-in.ts';
import type { Route } from '../stack.ts';
import { routesOfAccounts } from './routes-of-accounts.ts';

/** What a project may have as a whole, or do without. */
export type Part = PartTemplates & {
  name: string;
  isIn(manifest: Manifest): boolean;
  /** Its routes below the base path, and those beside it. */
  routes: { api: readonly Route[]; root: readonly Route[] };
  /** The settings that only one copy of a project has, each with what it allows to do. */
  secrets: Readonly<Record<string, string>>;
};

/** Every part, the one that all projects have first. */
export const parts: readonly Part[] = [
  {
    name: 'project',
    ...project,
    isIn: () => true,
    routes: {
      api: [],
      root: [
        ...routesIn('app/http/health.py', 'public', ['GET /health', 'GET /ready']),
        ...routesIn('app/http/docs.py', 'public', ['GET /openapi.json', 'GET /docs']),
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
];

/** The parts that a project is made of. */
export const partsOf = (manifest: Manifest): Part[] => parts.filter(({ isIn }) => isIn(manifest));
