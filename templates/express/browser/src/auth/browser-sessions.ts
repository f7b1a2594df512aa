import type { Request, Response } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { badRequest, HttpError, unauthenticated } from '../http/errors.ts';
import { parseInput } from '../http/validation.ts';
import { refresh } from './auth.schema.ts';
import { requireBrowserOrigin } from './browser-origin.ts';
import { optionalCallerOf } from './guards.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh-cookie.ts';
import type { Caller } from './roles.ts';
import type { IssuedTokens } from './sessions.ts';

export type RefreshToken = { refreshToken: string; isCookie: boolean };

/** Sessions of pages in a browser, whose refresh token is in a cookie that no script can read. */
export function browserSessions({ auth, config }: Pick<Dependencies, 'auth' | 'config'>) {
  return {
    /** Call it before a request with `cookie: true` is carried out. Throws 403. */
    requireOrigin: (req: Request) => requireBrowserOrigin(req, config),

    /** The refresh token of a request: in the cookie if there is no body. */
    refreshTokenOf(req: Request): RefreshToken {
      const cookie = readRefreshCookie(req);
      if (req.body !== undefined) {
        if (cookie === undefined) return { ...parseInput(refresh, readData(req)), isCookie: false };
        throw badRequest('Send the refresh token in the cookie or in the body, not in both');
      }
      requireBrowserOrigin(req, config);
      if (cookie === undefined) throw unauthenticated('There is no refresh token');
      return { refreshToken: cookie, isCookie: true };
    },

    /** Sends tokens: the refresh token in the cookie or in the body. */
    async send(req: Request, res: Response, issued: IssuedTokens, isCookie: boolean): Promise<void> {
      if (!isCookie) return sendData(res, issued);
      const { refreshToken, ...others } = issued;
      const session = await auth.sessions.findByRefreshToken(refreshToken);
      if (!session) throw unauthenticated('The session has ended');
      setRefreshCookie(req, res, refreshToken, new Date(session.expiresAt));
      sendData(res, others);
    },

    /** Clears the cookie when its token was refused. Other errors may pass. */
    forgetRefused(req: Request, res: Response, error: unknown): void {
      const isRefused = error instanceof HttpError && error.status === 401;
      if (isRefused && readRefreshCookie(req) !== undefined) clearRefreshCookie(req, res);
    },

    /** The sessions that a logout ends: those of the access token and of the cookie. */
    async toEnd(req: Request, res: Response): Promise<Pick<Caller, 'id' | 'sessionId'>[]> {
      const caller = optionalCallerOf(res);
      const cookie = readRefreshCookie(req);
      if (!caller && cookie === undefined) throw unauthenticated();
      const session = cookie && (await auth.sessions.findByRefreshToken(cookie));
      if (!session || session.sessionId === caller?.sessionId) return caller ? [caller] : [];
      return caller ? [caller, session] : [session];
    },

    /** Clears the cookie of the request, if it has one. */
    clear(req: Request, res: Response): void {
      if (readRefreshCookie(req) !== undefined) clearRefreshCookie(req, res);
    },
  };
}
