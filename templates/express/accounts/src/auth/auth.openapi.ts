import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  createdAnswer,
  dataAnswer,
  dataBody,
  emptyAnswer,
  errorAnswers,
  secured,
} from '../http/openapi.ts';
import { issuedTokens, loggedIn, logIn, refresh, register } from './auth.schema.ts';

const tags = ['auth'];

export const authPaths: ZodOpenApiPathsObject = {
  '/auth/register': {
    post: {
      tags,
      operationId: 'register',
      summary: 'Create an account and log in',
      security: [],
      requestBody: dataBody(register),
      responses: {
        201: createdAnswer('The new user, with tokens', loggedIn),
        ...errorAnswers(400, 409, 413, 415, 422, 429, 500),
      },
    },
  },
  '/auth/login': {
    post: {
      tags,
      operationId: 'logIn',
      summary: 'Log in and start a session',
      security: [],
      requestBody: dataBody(logIn),
      responses: {
        200: dataAnswer('The user, with tokens', loggedIn),
        ...errorAnswers(400, 401, 413, 415, 422, 429, 500),
      },
    },
  },
  '/auth/refresh': {
    post: {
      tags,
      operationId: 'refresh',
      summary: 'Exchange a refresh token for new tokens',
      description:
        'A repeated request returns the same tokens for ten seconds; later it ends the session.',
      security: [],
      requestBody: dataBody(refresh),
      responses: {
        200: dataAnswer('The new tokens', issuedTokens),
        ...errorAnswers(400, 401, 413, 415, 422, 429, 500),
      },
    },
  },
  '/auth/logout': {
    post: {
      tags,
      operationId: 'logOut',
      summary: 'End the current session',
      ...secured(),
      responses: { 204: emptyAnswer('The session has ended'), ...errorAnswers(401, 429, 500) },
    },
  },
  '/auth/logout-all': {
    post: {
      tags,
      operationId: 'logOutEverywhere',
      summary: 'End all sessions of the caller, including this one',
      ...secured(),
      responses: { 204: emptyAnswer('All sessions have ended'), ...errorAnswers(401, 429, 500) },
    },
  },
};
