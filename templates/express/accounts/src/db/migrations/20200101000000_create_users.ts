import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id uuid primary key,
      email varchar(254) not null,
      password_hash text not null,
      role varchar(20) not null,
      disabled_at timestamptz(3),
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      constraint users_email_unique unique (email),
      constraint users_email_check check (email = lower(email)),
      constraint users_role_check check (role in ('user', 'moderator', 'admin'))
    )
  `.execute(db);
  await sql`create index users_role_index on users (role, id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table users`.execute(db);
}
