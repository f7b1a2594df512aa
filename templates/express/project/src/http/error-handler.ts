import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { translateDatabaseError } from './database-errors.ts';
import {
  badRequest,
  HttpError,
  notFound,
  payloadTooLarge,
  unsupportedMediaType,
} from './errors.ts';

/** Ends a route: whatever method came this far is not one of `allowed`. */
export function methodNotAllowed(...allowed: string[]): RequestHandler {
  const allow = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : allowed;
  return (req) => {
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', `${req.method} is not allowed here`, {
      headers: { Allow: allow.join(', ') },
    });
  };
}

export const notFoundHandler: RequestHandler = (req) => {
  throw notFound(`route: ${req.method} ${req.path}`);
};

/** The one place where errors become answers. What nobody expected is logged, and told to nobody. */
export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const known = translate(error);
    if (known.status >= 500) logger.error({ err: error, requestId: res.locals.requestId }, 'error');
    sendError(res, req.originalUrl, known);
  };
}

function sendError(res: Response, url: string, error: HttpError): void {
  const { status, code, message, details, headers } = error;
  const path = url.split('?', 1)[0];
  const { requestId } = res.locals;
  res.status(status).set(headers);
  res.json({
    error: { code, message, ...(details && { details }) },
    meta: { timestamp: new Date().toISOString(), requestId, path },
  });
}

function translate(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  return (
    translateDatabaseError(error) ??
    translateParserError(error) ??
    new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side')
  );
}

/** Errors of Express and its body parser carry the status that they stand for. */
function translateParserError(error: unknown): HttpError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if (error.status === 413) return payloadTooLarge();
  if (error.status === 415) return unsupportedMediaType();
  if (error.status === 400) return badRequest('The request is malformed');
  return undefined;
}
