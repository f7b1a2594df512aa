import { type Kysely, sql } from 'kysely';

/** `jsonb` reorders keys, so a repeated response would differ from the first one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table idempotency_keys alter column result type json using result::json`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table idempotency_keys alter column result type jsonb using result::jsonb`.execute(
    db,
  );
}
