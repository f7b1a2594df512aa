import type { CookieOptions, Request, Response } from 'express';
import { pathFor } from '../http/request.ts';

/** Browsers accept the prefix only with `Secure`: over HTTPS, or from localhost (RFC 6265bis). */
export const refreshCookie = '__Secure-refresh_token';

/**
 * The refresh token in the cookie of a request; undefined without the cookie. Of several cookies
 * with this name, at least one was set by somebody else, so they count as an invalid token.
 */
export function readRefreshCookie(req: Request): string | undefined {
  const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.filter((pair) => pair.startsWith(`${refreshCookie}=`));
  if (found.length > 1) return '';
  return found[0]?.slice(refreshCookie.length + 1);
}

/** Stores a refresh token in the browser until its session expires. */
export function setRefreshCookie(req: Request, res: Response, token: string, expires: Date): void {
  const maxAge = Math.max(0, expires.getTime() - Date.now());
  res.cookie(refreshCookie, token, { ...attributesOf(req), maxAge });
}

export function clearRefreshCookie(req: Request, res: Response): void {
  res.cookie(refreshCookie, '', { ...attributesOf(req), maxAge: 0 });
}

/** Scripts cannot read the cookie, and the browser sends it to the routes below `/auth` only. */
const attributesOf = (req: Request): CookieOptions => ({
  path: pathFor(req, '/auth'),
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
});
