import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  createdAnswer,
  dataBody,
  emptyAnswer,
  errorAnswers,
  pageAnswer,
  secured,
} from '../http/openapi.ts';
import { addIdentity, identityRow, listIdentitiesQuery } from './oidc.schema.ts';

const tags = ['me'];

export const identitiesPaths: ZodOpenApiPathsObject = {
  '/me/identities': {
    get: {
      tags,
      operationId: 'readIdentities',
      summary: 'List the identities at providers that the current user can sign in with',
      ...secured(),
      requestParams: { query: listIdentitiesQuery },
      responses: {
        200: pageAnswer('A page of identities', identityRow, 'cursor'),
        ...errorAnswers(401, 422, 429, 500),
      },
    },
    post: {
      tags,
      operationId: 'addIdentity',
      summary: 'Exchange the code of a link for an identity',
      ...secured(),
      requestBody: dataBody(addIdentity),
      responses: {
        201: createdAnswer('The linked identity', identityRow),
        ...errorAnswers(400, 401, 409, 413, 415, 422, 429, 500),
      },
    },
  },
  '/me/identities/{id}': {
    delete: {
      tags,
      operationId: 'removeIdentity',
      summary: 'Unlink an identity, unless it is the last way to sign in',
      ...secured(),
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: {
        204: emptyAnswer('The identity is no longer linked'),
        ...errorAnswers(401, 404, 409, 429, 500),
      },
    },
  },
};
