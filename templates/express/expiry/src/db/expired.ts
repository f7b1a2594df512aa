import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

const mostRemoved = 100;

/** Deletes up to 100 expired rows of a table, the oldest first, without waiting for locks. */
export async function removeExpired<Table extends keyof Tables>(
  db: Database,
  table: Table,
  key: keyof Tables[Table] & string,
): Promise<void> {
  const [rows, id, now] = [sql.table(table), sql.ref(key), new Date().toISOString()];
  // In `with`, since a subquery could be run several times within a statement, and then remove more.
  await sql`
    with expired as (
      select ${id} from ${rows} where expires_at < ${now}
      order by expires_at limit ${mostRemoved} for update skip locked
    )
    delete from ${rows} where ${id} in (select ${id} from expired)
  `.execute(db);
}
