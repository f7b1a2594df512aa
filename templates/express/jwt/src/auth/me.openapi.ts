import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  dataBody,
  emptyAnswer,
  errorAnswers,
  ifNoneMatch,
  pageAnswer,
  rowAnswer,
  secured,
} from '../http/openapi.ts';
import { userRow } from '../modules/users/users.schema.ts';
import { changePassword, listSessionsQuery, sessionRow } from './auth.schema.ts';

const tags = ['me'];

export const mePaths: ZodOpenApiPathsObject = {
  '/me': {
    get: {
      tags,
      operationId: 'readMe',
      summary: 'Who the caller is',
      ...secured(),
      requestParams: { header: ifNoneMatch },
      responses: {
        200: rowAnswer('The caller', userRow),
        304: emptyAnswer('It is as the caller has seen it'),
        ...errorAnswers(401, 404, 429, 500),
      },
    },
  },
  '/me/password': {
    patch: {
      tags,
      operationId: 'changePassword',
      summary: 'Change the password: ends every other session',
      ...secured(),
      requestBody: dataBody(changePassword),
      responses: {
        204: emptyAnswer('It is changed'),
        ...errorAnswers(400, 401, 413, 415, 422, 429, 500),
      },
    },
  },
  '/me/sessions': {
    get: {
      tags,
      operationId: 'readSessions',
      summary: 'Where the caller is logged in',
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
      summary: 'End one session of the caller',
      ...secured(),
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: { 204: emptyAnswer('It has ended'), ...errorAnswers(401, 404, 429, 500) },
    },
  },
};
