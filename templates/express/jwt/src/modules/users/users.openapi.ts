import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { dataAnswer, dataBody, errorAnswers, pageAnswer, secured } from '../../http/openapi.ts';
import { listUsersQuery, patchUser, userRow } from './users.schema.ts';

const tags = ['users'];
const path = z.object({ id: z.uuid() });

export const usersPaths: ZodOpenApiPathsObject = {
  '/users': {
    get: {
      tags,
      operationId: 'listUsers',
      summary: 'List users',
      ...secured('admin'),
      requestParams: { query: listUsersQuery },
      responses: {
        200: pageAnswer('A page of users', userRow, 'cursor'),
        ...errorAnswers(401, 403, 422, 429, 500),
      },
    },
  },
  '/users/{id}': {
    get: {
      tags,
      operationId: 'getUser',
      summary: 'Get one user',
      ...secured('admin'),
      requestParams: { path },
      responses: {
        200: dataAnswer('The user', userRow),
        ...errorAnswers(401, 403, 404, 429, 500),
      },
    },
    patch: {
      tags,
      operationId: 'updateUser',
      summary: 'Change the role of one user, disable or enable him',
      ...secured('admin'),
      requestParams: { path },
      requestBody: dataBody(patchUser),
      responses: {
        200: dataAnswer('The new state', userRow),
        ...errorAnswers(400, 401, 403, 404, 412, 413, 415, 422, 429, 500),
      },
    },
  },
};
