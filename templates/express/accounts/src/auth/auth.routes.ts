import { createHash } from 'node:crypto';
import { type Request, Router } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/error-handler.ts';
import { pathFor } from '../http/request.ts';
import { parseInput } from '../http/validation.ts';
import { authPaths } from './auth.openapi.ts';
import { logIn, refresh, register } from './auth.schema.ts';
import { callerOf } from './guards.ts';
import { notStored } from './not-stored.ts';
import { originOf } from './origin.ts';

export function authRoutes({ auth, config, limits, logger, openapi, services }: Dependencies): Router {
  const { rateLimit } = config.auth;
  // Higher than the limit per IP address, so that one address cannot lock out an account.
  const accountRateLimit = rateLimit.replace(/^\d+/, (most) => `${10 * Number(most)}`);
  /** An unknown token gets its own counter, since tokens cannot be guessed. */
  const ownerOf = async (req: Request) => {
    const { refreshToken } = parseInput(refresh, readData(req));
    return (await auth.sessions.ownerOf(refreshToken)) ?? digest(refreshToken);
  };
  const router = Router();
  openapi.add(authPaths);
  router.use('/auth', notStored);

  router
    .route('/auth/register')
    .post(
      limits('register', rateLimit),
      limits('register-account', accountRateLimit, accountOf(register)),
      async (req, res) => {
        const values = parseInput(register, readData(req));
        const answer = await services.auth.register(values, originOf(req, res, logger));
        sendData(res.status(201).location(pathFor(req, '/me')), answer);
      },
    )
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/login')
    .post(
      limits('login', rateLimit),
      limits('login-account', accountRateLimit, accountOf(logIn)),
      async (req, res) => {
        const values = parseInput(logIn, readData(req));
        sendData(res, await services.auth.logIn(values, originOf(req, res, logger)));
      },
    )
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/refresh')
    .post(
      limits('refresh', rateLimit),
      limits('refresh-account', accountRateLimit, ownerOf),
      async (req, res) => {
        const { refreshToken } = parseInput(refresh, readData(req));
        sendData(res, await services.auth.refresh(refreshToken, originOf(req, res, logger)));
      },
    )
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/logout')
    .post(auth.requireUser, async (req, res) => {
      await services.auth.logOut(callerOf(res), originOf(req, res, logger));
      res.status(204).end();
    })
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/logout-all')
    .post(auth.requireUser, async (req, res) => {
      await services.auth.logOutEverywhere(callerOf(res), originOf(req, res, logger));
      res.status(204).end();
    })
    .all(methodNotAllowed('POST'));

  return router;
}

/** Attempts on one account share a counter, whatever their IP address. */
const accountOf = (schema: typeof logIn | typeof register) => (req: Request) =>
  digest(parseInput(schema, readData(req)).email);

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
