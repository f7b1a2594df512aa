import { type Request, type RequestHandler, raw } from 'express';
import * as z from 'zod';
import { badRequest, unsupportedMediaType, validationError } from './errors.ts';
import { parseJsonText, repeatedNames } from './json-text.ts';

/**
 * A zod record would silently drop `__proto__`; this keeps it, so that the schemas can refuse it.
 */
const object = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const envelope = z.strictObject({ data: object });

/** The maximum nesting depth, so that recursive code cannot overflow the stack. */
const deepest = 100;

const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(;|$))/i;

/** Reads JSON bodies up to `limit` (like `100kb`). Refuses other content types with 415. */
export function readJson(limit: string): RequestHandler {
  const read = raw({ limit, type: 'application/json' });
  return (req, res, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
    // Most requests have no body and skip the parser.
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

/** Refuses invalid UTF-8, which would otherwise be replaced by other characters. */
function parseBody(bytes: Buffer): unknown {
  try {
    return parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badRequest('Expected valid JSON in UTF-8');
  }
}

/**
 * The object in `{ "data": { … } }`, not validated yet. Throws 400 for any other body, and 422 for
 * fields that appear twice or are nested too deeply.
 */
export function readData(req: Request): Record<string, unknown> {
  const body = envelope.safeParse(req.body);
  if (!body.success || repeatedNames(req.body).length > 0) {
    throw badRequest('Expected a JSON body of the form { "data": { … } }');
  }
  const { data } = body.data;
  const problems = [
    ...repeatedNames(data).map((field) => ({ field, message: 'Appears more than once' })),
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
