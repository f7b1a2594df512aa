import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_deliveries (
      id varchar(43) primary key,
      expires_at timestamptz(3) not null
    )
  `.execute(db);
  await sql`create index webhook_deliveries_expires_at_index on webhook_deliveries (expires_at)`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table webhook_deliveries`.execute(db);
}
