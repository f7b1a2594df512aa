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
      summary: 'Make an account, and log in',
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
      summary: 'Log in: begins a session',
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
      summary: 'New tokens for a refresh token',
      description: 'Answers the same successor for ten seconds; an older token ends its session.',
      security: [],
      requestBody: dataBody(refresh),
      responses: {
        200: dataAnswer('The next tokens', issuedTokens),
        ...errorAnswers(400, 401, 413, 415, 422, 429, 500),
      },
    },
  },
  '/auth/logout': {
    post: {
      tags,
      operationId: 'logOut',
      summary: 'End this session',
      ...secured(),
      responses: { 204: emptyAnswer('It has ended'), ...errorAnswers(401, 429, 500) },
    },
  },
  '/auth/logout-all': {
    post: {
      tags,
      operationId: 'logOutEverywhere',
      summary: 'End every session of the caller, this one too',
      ...secured(),
      responses: { 204: emptyAnswer('They have ended'), ...errorAnswers(401, 429, 500) },
    },
  },
};
