import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  dataBody,
  emptyAnswer,
  errorAnswers,
  ifMatch,
  ifNoneMatch,
  pageAnswer,
  rowAnswer,
  secured,
} from '../http/openapi.ts';
import { patchProfile, userRow } from '../modules/users/users.schema.ts';
import { changePassword, listSessionsQuery, sessionRow } from './auth.schema.ts';

const tags = ['me'];

export const mePaths: ZodOpenApiPathsObject = {
  '/me': {
    get: {
      tags,
      operationId: 'readMe',
      summary: 'Get the current user',
      ...secured(),
      requestParams: { header: ifNoneMatch },
      responses: {
        200: rowAnswer('The current user', userRow),
        304: emptyAnswer('Not modified'),
        ...errorAnswers(401, 404, 429, 500),
      },
    },
    patch: {
      tags,
      operationId: 'changeMe',
      summary: 'Update fields of the current user',
      ...secured(),
      requestParams: { header: ifMatch },
      requestBody: dataBody(patchProfile),
      responses: {
        200: rowAnswer('The updated user', userRow),
        ...errorAnswers(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500),
      },
    },
  },
  '/me/password': {
    patch: {
      tags,
      operationId: 'changePassword',
      summary: 'Change the password and end all other sessions',
      ...secured(),
      requestBody: dataBody(changePassword),
      responses: {
        204: emptyAnswer('The password has been changed'),
        ...errorAnswers(400, 401, 413, 415, 422, 429, 500),
      },
    },
  },
  '/me/sessions': {
    get: {
      tags,
      operationId: 'readSessions',
      summary: 'List the sessions of the current user',
      ...secured(),
      requestParams: { query: listSessionsQuery },
      responses: {
        200: pageAnswer('A page of sessions', sessionRow, 'cursor'),
        ...errorAnswers(401, 422, 429, 500),
      },
    },
  },
  '/me/sessions/{id}': {
    delete: {
      tags,
      operationId: 'endSession',
      summary: 'End one session of the current user',
      ...secured(),
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: { 204: emptyAnswer('The session has ended'), ...errorAnswers(401, 404, 429, 500) },
    },
  },
};
