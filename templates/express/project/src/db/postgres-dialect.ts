import { type Dialect, type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import type { Pool } from './pool.ts';

/** The key of the advisory lock for migrations. */
const migrationLock = '3853314791062309107';

/**
 * Kysely on a PostgreSQL server. Kysely's own migration lock belongs to a session, but a pooler
 * such as PgBouncer shares sessions. This lock belongs to the transaction that the migrations run
 * in. The transaction begins here and is committed with the migrations; after a failure it is
 * rolled back.
 */
export function postgresDialect(pool: Pool): Dialect {
  const dialect = new PostgresDialect({ pool });
  const createAdapter = () =>
    Object.assign(new PostgresAdapter(), {
      async acquireMigrationLock(db: Kysely<unknown>) {
        await sql`begin`.execute(db);
        await sql`set local statement_timeout = 0`.execute(db);
        await sql`select pg_advisory_xact_lock(${sql.raw(migrationLock)})`.execute(db);
      },
      async releaseMigrationLock(db: Kysely<unknown>) {
        await sql`rollback`.execute(db);
      },
    });
  return Object.assign(dialect, { createAdapter });
}
