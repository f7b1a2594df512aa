import type { Request } from 'express';
import { digest, type Repeatable } from '../db/idempotency.ts';
import { badRequest } from './errors.ts';

/**
 * The scope and content of a request with an `Idempotency-Key`; undefined without the header.
 * `content` is what a repeated request has to repeat.
 */
export function repeatableOf(
  req: Request,
  caller: string,
  content: unknown = req.body,
): Repeatable | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw badRequest('Expected an Idempotency-Key of 1 to 255 visible ASCII characters');
  }
  const scope = digest([caller, req.method, req.baseUrl + req.path, key]);
  return { scope, request: digest([content]) };
}
