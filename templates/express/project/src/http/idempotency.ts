import type { Request } from 'express';
import type { Database } from '../db/database.ts';
import { digest, doOnce } from '../db/idempotency.ts';
import { badRequest } from './errors.ts';

/** Does the work once for each `Idempotency-Key` of a caller; without the header it is simply done. */
export async function once<T extends object>(
  req: Request,
  caller: string,
  db: Database,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const key = req.get('idempotency-key');
  if (key === undefined) return work(db);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw badRequest('Expected an Idempotency-Key of 1 to 255 visible ASCII characters');
  }
  const scope = digest([caller, req.method, req.baseUrl + req.path, key]);
  return doOnce(db, { scope, request: digest([req.body]) }, work);
}
