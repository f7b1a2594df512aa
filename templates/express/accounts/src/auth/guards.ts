import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { forbidden, invalidToken, unauthenticated } from '../http/errors.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import type { Caller, Role } from './roles.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTokenCache } from './token-cache.ts';
import { createTokens } from './tokens.ts';

export type { Caller, Role } from './roles.ts';

declare global {
  namespace Express {
    interface Locals {
      caller?: Caller;
    }
  }
}

export type Auth = {
  /** Requires a valid access token. Later handlers can use `callerOf(res)`. */
  requireUser: RequestHandler;
  /** Accepts requests without a token, but no invalid token. See `optionalCallerOf(res)`. */
  optionalUser: RequestHandler;
  /** Requires a valid access token of a user with one of these roles. */
  requireRole(...allowed: Role[]): RequestHandler;
  sessions: Sessions;
  passwords: Passwords;
};

type Refusal = { reason: 'expired' | 'invalid' | 'revoked'; userId?: string };
type Parts = { config: Config; db: Database; logger: Logger; passwords?: Passwords | undefined };

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const mostTokens = 10_000;

/**
 * Identifies the user who sends a request. For reads, the result is cached until the access token
 * expires. For all other requests, the database is queried each time: whether the session is
 * active, the user is enabled, and which role they have now.
 */
export function createAuth({ config, db, logger, passwords = createPasswords() }: Parts): Auth {
  const tokens = createTokens(config.auth);
  const verified = createTokenCache(mostTokens);
  const refreshTokens = createRefreshTokens(config.auth);
  const sessions = createSessions(db, { tokens, refreshTokens, verified });

  async function identify(token: string, method: string): Promise<Caller | Refusal> {
    const known = verified.get(token);
    if (known && reading.has(method)) return known.caller;
    const read = known ?? (await tokens.verify(token));
    if (typeof read === 'string') return { reason: read };

    const { id, sessionId } = read.caller;
    const since = verified.now();
    const user = await sessions.findUser(sessionId);
    if (user?.id !== id) {
      verified.forget((caller) => caller.sessionId === sessionId);
      return { reason: 'revoked', userId: id };
    }
    const caller = { id, role: user.role, sessionId };
    verified.set(token, { caller, expiresAt: read.expiresAt }, since);
    return caller;
  }

  async function findCaller(req: Request, res: Response): Promise<Caller | undefined> {
    const header = req.get('authorization');
    if (header === undefined || res.locals.caller) return res.locals.caller;
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header) ?? [];
    const found: Caller | Refusal =
      token === undefined ? { reason: 'invalid' } : await identify(token, req.method);
    if (!('reason' in found)) {
      res.locals.caller = found;
      return found;
    }
    // Expired tokens are normal and not logged.
    if (found.reason !== 'expired') {
      const { requestId } = res.locals;
      logger.warn({ security: 'access_refused', ...found, requestId }, 'bad access token');
    }
    throw invalidToken();
  }

  async function requireCaller(req: Request, res: Response): Promise<Caller> {
    const caller = await findCaller(req, res);
    if (!caller) throw unauthenticated();
    return caller;
  }

  return {
    sessions,
    passwords,

    async requireUser(req, res, next) {
      await requireCaller(req, res);
      next();
    },

    async optionalUser(req, res, next) {
      await findCaller(req, res);
      next();
    },

    requireRole(...allowed) {
      return async (req, res, next) => {
        const { role } = await requireCaller(req, res);
        if (!allowed.includes(role)) throw forbidden();
        next();
      };
    },
  };
}

/** The user who sends the request. Needs `requireUser` or `requireRole` before the handler. */
export function callerOf(res: Response): Caller {
  const { caller } = res.locals;
  if (!caller) throw new Error('callerOf: the route has no requireUser before its handler');
  return caller;
}

/** The user who sends the request, if it has a token. Needs `optionalUser` before the handler. */
export function optionalCallerOf(res: Response): Caller | undefined {
  return res.locals.caller;
}
