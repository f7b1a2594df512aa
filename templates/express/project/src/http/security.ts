import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** The headers of an API: nothing of it is a page, a frame or a script. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginResourcePolicy: { policy: 'same-site' },
});

/** What one caller is answered is kept by nobody; all else is asked for again before it is used. */
export const cacheControl: RequestHandler = (req, res, next) => {
  const isPersonal = req.headers.authorization !== undefined;
  res.setHeader('Cache-Control', isPersonal ? 'private, no-store' : 'no-cache');
  next();
};

/**
 * Which pages of other origins may call this API from a browser: those of CORS_ORIGINS. Callers that
 * send no origin are no browsers, and are let through.
 */
export function allowOrigins(origins: string[]): RequestHandler {
  const answer = cors({
    origin: origins,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'If-Match',
      'If-None-Match',
      'Idempotency-Key',
    ],
    exposedHeaders: [
      'ETag',
      'Location',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  });
  return (req, res, next) => {
    const { origin, 'access-control-request-method': asked } = req.headers;
    // An OPTIONS request that asks for no permission is a method like any other.
    const isPreflight = req.method === 'OPTIONS' && asked !== undefined;
    const isOfPage = req.method !== 'OPTIONS' && origin !== undefined;
    if (isPreflight || isOfPage) return answer(req, res, next);
    // Nobody reads permissions where no page asks; caches must still tell such answers apart.
    res.vary('Origin');
    next();
  };
}
