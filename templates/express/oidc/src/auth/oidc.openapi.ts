import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  createdAnswer,
  dataAnswer,
  dataBody,
  emptyAnswer,
  errorAnswers,
  secured,
} from '../http/openapi.ts';
import { loggedIn } from './auth.schema.ts';
import { completeSignIn, link, linkProvider, provider, startParams } from './oidc.schema.ts';

const tags = ['auth'];
const path = z.object({ provider: z.string() });

export const oidcPaths: ZodOpenApiPathsObject = {
  '/auth/oidc': {
    get: {
      tags,
      operationId: 'listProviders',
      summary: 'List the providers where users can sign in',
      security: [],
      responses: { 200: dataAnswer('The providers', z.array(provider)), ...errorAnswers(429, 500) },
    },
  },
  '/auth/oidc/{provider}': {
    get: {
      tags,
      operationId: 'startSignIn',
      summary: 'Go to a provider, in the browser of the user',
      description: 'Takes a `challenge` to sign in, or the `ticket` of an address from `linkProvider`.',
      security: [],
      requestParams: { path, query: z.object(startParams) },
      responses: {
        302: emptyAnswer('To the provider'),
        ...errorAnswers(404, 422, 429, 500),
      },
    },
  },
  '/auth/oidc/{provider}/callback': {
    get: {
      tags,
      operationId: 'endSignIn',
      summary: 'Come back from a provider, which adds its answer to the address',
      security: [],
      requestParams: { path },
      responses: {
        302: emptyAnswer('To a page of the app, with `code` or `error` in the fragment'),
        ...errorAnswers(404, 429, 500),
      },
    },
  },
  '/auth/oidc/complete': {
    post: {
      tags,
      operationId: 'completeSignIn',
      summary: 'Exchange the code of a sign-in for tokens',
      security: [],
      requestBody: dataBody(completeSignIn),
      responses: {
        200: dataAnswer('The user, with tokens', loggedIn),
        201: createdAnswer('The new user, with tokens', loggedIn),
        ...errorAnswers(400, 401, 403, 409, 413, 415, 422, 429, 500),
      },
    },
  },
  '/auth/oidc/{provider}/link': {
    post: {
      tags,
      operationId: 'linkProvider',
      summary: 'Begin to link an identity at a provider to the current user',
      ...secured(),
      requestParams: { path },
      requestBody: dataBody(linkProvider),
      responses: {
        200: dataAnswer('Where the browser goes next', link),
        ...errorAnswers(400, 401, 403, 404, 413, 415, 422, 429, 500),
      },
    },
  },
};
