import { type Dialect, type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import type { Pool } from './pool.ts';

/** The number by which those who migrate know each other. */
const migrationLock = '3853314791062309107';

/**
 * Kysely on a PostgreSQL server. Its lock of migrations belongs to a session, which nobody has for
 * himself behind a pooler such as PgBouncer: this one belongs to the transaction that they run in.
 * It is begun here and ended with the migrations; the rollback is for where it did not come to that.
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
