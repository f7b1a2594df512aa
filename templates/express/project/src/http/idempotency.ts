import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { badRequest, HttpError, validationError } from './errors.ts';

const lifetime = sql`now() - interval '24 hours'`;
const mostRemoved = 100;

const stillRunning = () =>
  new HttpError(409, 'CONFLICT', 'A request with this Idempotency-Key is still being processed');
const usedOtherwise = () => {
  const message = 'This key was already used for a different request';
  return validationError([{ field: 'Idempotency-Key', message }]);
};

/**
 * Does the work once for each `Idempotency-Key` of a caller: the result is kept in the transaction
 * that the work is done in, and given again when the same request comes again within a day.
 * Without the header it is simply done.
 */
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
  const request = digest([req.body]);

  return db.transaction().execute(async (transaction) => {
    const lock = await sql<{ taken: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${scope}, 0)) as taken
    `.execute(transaction);
    if (!lock.rows[0]?.taken) throw stillRunning();

    const known = await transaction
      .selectFrom('idempotency_keys')
      .select(['request', 'result'])
      .where('scope', '=', scope)
      .where('created_at', '>', sql<string>`${lifetime}`)
      .executeTakeFirst();
    if (known && known.request !== request) throw usedOtherwise();
    if (known) return known.result as T;

    await transaction.deleteFrom('idempotency_keys').where('scope', '=', scope).execute();
    await removeExpired(transaction);
    const result = await work(transaction);
    await transaction
      .insertInto('idempotency_keys')
      .values({ scope, request, result: JSON.stringify(result) })
      .execute();
    return result;
  });
}

/** Some of those that are forgotten: more go than come, and no request has to wait for it. */
async function removeExpired(db: Database): Promise<void> {
  const expired = db
    .selectFrom('idempotency_keys')
    .select('scope')
    .where('created_at', '<=', sql<string>`${lifetime}`)
    .orderBy('created_at')
    .limit(mostRemoved)
    .forUpdate()
    .skipLocked();
  await db.deleteFrom('idempotency_keys').where('scope', 'in', expired).execute();
}

function digest(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
