import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { HttpError, validationError } from '../http/errors.ts';
import type { Database } from './database.ts';

/** `scope` identifies caller, route and key; `request` identifies the request body. */
export type Repeatable = { scope: string; request: string };

const lifetime = sql`now() - interval '24 hours'`;
const mostRemoved = 100;

const stillRunning = () =>
  new HttpError(409, 'CONFLICT', 'A request with this Idempotency-Key is still being processed');
const usedOtherwise = () => {
  const message = 'This key was already used for a different request';
  return validationError([{ field: 'Idempotency-Key', message }]);
};

/** A hash that is equal only for equal parts. */
export const digest = (parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** Makes sure that a repeated request is processed only once. */
export function createIdempotency(db: Database) {
  return {
    /**
     * Does the work once per scope. The result is stored in the same transaction, and returned
     * again if the same request is repeated within a day. A different request with the same scope
     * is refused. Without a `repeatable`, it only does the work.
     */
    async once<T extends object>(
      repeatable: Repeatable | undefined,
      work: (db: Database) => Promise<T>,
    ): Promise<T> {
      if (!repeatable) return work(db);
      const { scope, request } = repeatable;
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
    },
  };
}

/** Each new key deletes up to 100 expired ones, without waiting for locks of other requests. */
async function removeExpired(db: Database): Promise<void> {
  const expired = db
    .selectFrom('idempotency_keys')
    .select('scope')
    .where('created_at', '<=', sql<string>`${lifetime}`)
    .orderBy('created_at')
    .limit(mostRemoved)
    .forUpdate()
    .skipLocked();
  // In `with`, since a subquery could be run several times within a statement, and then remove more.
  await db
    .with('expired', () => expired)
    .deleteFrom('idempotency_keys')
    .where('scope', 'in', (query) => query.selectFrom('expired').select('expired.scope'))
    .execute();
}
