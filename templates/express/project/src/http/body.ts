import { type Request, type RequestHandler, raw } from 'express';
import * as z from 'zod';
import { badRequest, unsupportedMediaType, validationError } from './errors.ts';
import { parseJsonText, repeatedNames } from './json-text.ts';

/** What a record of zod would drop without a word, like a `__proto__`, is refused by the schemas. */
const object = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const envelope = z.strictObject({ data: object });

/** Levels of nesting. Far deeper, and whatever walks the value would run out of stack. */
const deepest = 100;

const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(;|$))/i;

/** Reads JSON bodies up to `limit` (like `100kb`); any other kind of body is refused with 415. */
export function readJson(limit: string): RequestHandler {
  const read = raw({ limit, type: 'application/json' });
  return (req, res, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
    // Most requests have no body, and would walk through the parser for nothing.
    if (length === undefined && encoding === undefined) return next();
    if (length !== '0' && req.is('application/json') === false) throw unsupportedMediaType();
    if (otherCharset.test(req.get('content-type') ?? '')) throw unsupportedMediaType();
    read(req, res, (error?: unknown) => {
      if (error) return next(error);
      try {
        if (Buffer.isBuffer(req.body)) req.body = parseBody(req.body);
      } catch (malformed) {
        return next(malformed);
      }
      next();
    });
  };
}

/** What is no UTF-8 would become other characters. */
function parseBody(bytes: Buffer): unknown {
  try {
    return parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badRequest('Expected JSON in UTF-8');
  }
}

/**
 * The object in `{ "data": { … } }`, not validated yet. Throws 400 for anything else, and 422 for
 * fields of which not everything would be kept.
 */
export function readData(req: Request): Record<string, unknown> {
  const body = envelope.safeParse(req.body);
  if (!body.success || repeatedNames(req.body).length > 0) {
    throw badRequest('Expected a JSON body of the form { "data": { … } }');
  }
  const { data } = body.data;
  const problems = [
    ...repeatedNames(data).map((field) => ({ field, message: 'Comes twice' })),
    ...Object.keys(data)
      .filter((field) => isDeeper(data[field], deepest))
      .map((field) => ({ field, message: 'Nested too deeply' })),
  ];
  if (problems.length > 0) throw validationError(problems);
  return data;
}

function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1) {
    level = level.flatMap((each) => (each instanceof Object ? Object.values(each) : []));
  }
  return level.length > 0;
}
