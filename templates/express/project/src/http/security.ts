import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Security headers for an API that serves no pages, frames or scripts. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginResourcePolicy: { policy: 'same-site' },
});

/** Responses to authenticated requests must not be cached; caches must revalidate all others. */
export const cacheControl: RequestHandler = (req, res, next) => {
  const isPersonal = req.headers.authorization !== undefined;
  res.setHeader('Cache-Control', isPersonal ? 'private, no-store' : 'no-cache');
  next();
};

/**
 * Allows pages of the origins in CORS_ORIGINS to call this API from a browser. Clients that send no
 * `Origin` are not affected by CORS.
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
    // OPTIONS without Access-Control-Request-Method is no preflight request.
    const isPreflight = req.method === 'OPTIONS' && asked !== undefined;
    const isOfPage = req.method !== 'OPTIONS' && origin !== undefined;
    if (isPreflight || isOfPage) return answer(req, res, next);
    // CORS headers are not needed here, but caches must keep these responses apart.
    res.vary('Origin');
    next();
  };
}
