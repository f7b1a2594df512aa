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
  // An OPTIONS request that asks for no permission is a method like any other.
  return (req, res, next) => {
    const isPreflight = req.get('access-control-request-method') !== undefined;
    if (req.method === 'OPTIONS' && !isPreflight) next();
    else answer(req, res, next);
  };
}
