import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { Dependencies } from '../app.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/error-handler.ts';
import { pathFor } from '../http/request.ts';
import { parseInput } from '../http/validation.ts';
import { authPaths } from './auth.openapi.ts';
import { logIn, refresh, register } from './auth.schema.ts';
import { createAuthService, type Origin } from './auth.service.ts';
import { callerOf } from './guards.ts';

export function authRoutes({ auth, config, db, limits, logger, openapi }: Dependencies): Router {
  const service = createAuthService(db, auth.sessions);
  const { rateLimit } = config.auth;
  // Wider than by address, so that one address cannot keep the owner of an account out.
  const accountRateLimit = rateLimit.replace(/^\d+/, (most) => `${10 * Number(most)}`);
  /** A token of nobody counts alone: it cannot be guessed. */
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
      limits('register-account', accountRateLimit, accountOf),
      async (req, res) => {
        const values = parseInput(register, readData(req));
        const answer = await service.register(values, originOf(req, res, logger));
        sendData(res.status(201).location(pathFor(req, '/me')), answer);
      },
    )
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/login')
    .post(
      limits('login', rateLimit),
      limits('login-account', accountRateLimit, accountOf),
      async (req, res) => {
        const values = parseInput(logIn, readData(req));
        sendData(res, await service.logIn(values, originOf(req, res, logger)));
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
        sendData(res, await service.refresh(refreshToken, originOf(req, res, logger)));
      },
    )
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/logout')
    .post(auth.requireUser, async (req, res) => {
      await service.logOut(callerOf(res), originOf(req, res, logger));
      res.status(204).end();
    })
    .all(methodNotAllowed('POST'));

  router
    .route('/auth/logout-all')
    .post(auth.requireUser, async (req, res) => {
      await service.logOutEverywhere(callerOf(res), originOf(req, res, logger));
      res.status(204).end();
    })
    .all(methodNotAllowed('POST'));

  return router;
}

/**
 * Answers about accounts are nobody else's: no cache keeps them. Nor is anything compressed that holds
 * a token: the length would tell of it (BREACH).
 */
export const notStored: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'private, no-store, no-transform');
  next();
};

export function originOf(req: Request, res: Response, logger: Logger): Origin {
  const { requestId } = res.locals;
  return { userAgent: req.get('user-agent'), log: logger.child({ requestId }) };
}

/** Attempts on one account count together, wherever they come from. */
function accountOf(req: Request): string {
  const { email } = parseInput(logIn, readData(req));
  return digest(email);
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
