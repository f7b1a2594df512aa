import { json, type Request, type RequestHandler } from 'express';
import * as z from 'zod';
import { badRequest, unsupportedMediaType } from './errors.ts';

/** What a record of zod would drop without a word, like a `__proto__`, is refused by the schemas. */
const object = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const envelope = z.strictObject({ data: object });

/** Levels of nesting. Far deeper, and whatever walks the value would run out of stack. */
const deepest = 100;

/** Reads JSON bodies up to `limit` (like `100kb`); any other kind of body is refused with 415. */
export function readJson(limit: string): RequestHandler {
  const parse = json({ limit });
  return (req, res, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
    // Most requests have no body, and would walk through the parser for nothing.
    if (length === undefined && encoding === undefined) return next();
    if (length !== '0' && req.is('application/json') === false) throw unsupportedMediaType();
    parse(req, res, next);
  };
}

/** The object in `{ "data": { … } }`, not validated yet. Throws 400 for anything else. */
export function readData(req: Request): Record<string, unknown> {
  const body = envelope.safeParse(req.body);
  if (!body.success) throw badRequest('Expected a JSON body of the form { "data": { … } }');
  if (isDeeper(body.data, deepest)) throw badRequest('The JSON is nested too deeply');
  return body.data.data;
}

function isDeeper(value: object, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1) {
    level = level.flatMap((each) => (each instanceof Object ? Object.values(each) : []));
  }
  return level.length > 0;
}
