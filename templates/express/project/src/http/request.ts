import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

declare global {
  namespace Express {
    interface Locals {
      requestId: string;
    }
  }
}

/** Gives every request an id, sent as `X-Request-Id`, and writes one log line when it has ended. */
export function trackRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const requestId = idOfTrustedCaller(req) ?? randomUUID();
    res.locals.requestId = requestId;
    res.setHeader('X-Request-Id', requestId);

    res.once('close', () => {
      const entry = {
        requestId,
        method: req.method,
        path: req.originalUrl.split('?', 1)[0],
        route: req.route ? `${req.baseUrl}${req.route.path}` : undefined,
        status: res.statusCode,
        durationMs: Math.round(performance.now() - startedAt),
      };
      if (!res.writableFinished) logger.warn(entry, 'request aborted');
      else if (res.statusCode >= 500) logger.error(entry, 'request failed');
      else logger.info(entry, 'request');
    });
    next();
  };
}

/** The id that a proxy gave the request; anybody else could write what he likes into the log. */
function idOfTrustedCaller(req: Request): string | undefined {
  const isTrusted: (address: string | undefined, hop: number) => boolean =
    req.app.get('trust proxy fn');
  const id = req.get('x-request-id');
  return id && /^[\w.:-]{1,128}$/.test(id) && isTrusted(req.socket.remoteAddress, 0)
    ? id
    : undefined;
}
