import type { Request, RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { forbidden } from '../http/errors.ts';
import { readRefreshCookie } from './refresh-cookie.ts';

type Settings = Pick<Config, 'browserOrigins' | 'publicUrl'>;

/**
 * Throws 403 unless a page of this server or of BROWSER_ORIGINS sends the request. Browsers add the
 * refresh cookie to requests of other pages of the same site too, and only tell here which page it
 * is (OWASP, "Cross-Site Request Forgery Prevention": verifying the origin, Fetch Metadata).
 */
export function requireBrowserOrigin(req: Request, { browserOrigins, publicUrl }: Settings): void {
  const origin = req.get('origin');
  if (origin !== undefined) {
    if (browserOrigins.includes(origin)) return;
    // Browsers before 2023 may not send Sec-Fetch-Site.
    const isSame = (req.get('sec-fetch-site') ?? 'same-origin') === 'same-origin';
    if (isSame && ownOrigins(req, publicUrl).includes(origin)) return;
  }
  throw forbidden('The refresh cookie is only for pages of this server or of BROWSER_ORIGINS');
}

/** Whether browsers trust pages of these origins with a cookie that is `Secure`. */
export const areSecure = (origins: string[]): boolean =>
  origins.every((origin) => /^(https:|http:\/\/(localhost|127\.0\.0\.1)(:|$))/.test(origin));

/** The same for every request that has the cookie, before its body is read. */
export function guardRefreshCookie(settings: Settings): RequestHandler {
  return (req, _res, next) => {
    if (readRefreshCookie(req) !== undefined) requireBrowserOrigin(req, settings);
    next();
  };
}

/** The origins of this server: the one that the request was sent to, and that of PUBLIC_URL. */
function ownOrigins(req: Request, publicUrl: string | undefined): string[] {
  return [`${req.protocol}://${req.host}`, publicUrl ?? ''].flatMap((url) =>
    URL.canParse(url) ? new URL(url).origin : [],
  );
}
