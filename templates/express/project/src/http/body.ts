import { json, type Request, type RequestHandler } from 'express';
import * as z from 'zod';
import { badRequest, unsupportedMediaType } from './errors.ts';

const envelope = z.strictObject({ data: z.record(z.string(), z.unknown()) });

/** Reads JSON bodies up to `limit` (like `100kb`); any other kind of body is refused with 415. */
export function readJson(limit: string): RequestHandler[] {
  const requireJson: RequestHandler = (req, _res, next) => {
    const isEmpty = req.headers['content-length'] === '0';
    if (!isEmpty && req.is('application/json') === false) throw unsupportedMediaType();
    next();
  };
  return [requireJson, json({ limit })];
}

/** The object in `{ "data": { … } }`, not validated yet. Throws 400 for any other envelope. */
export function readData(req: Request): Record<string, unknown> {
  const body = envelope.safeParse(req.body);
  if (!body.success) throw badRequest('Expected a JSON body of the form { "data": { … } }');
  return body.data.data;
}
