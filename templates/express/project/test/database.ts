import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { type Database, openDatabase } from '../src/db/database.ts';
import { extensions } from '../src/db/embedded.ts';
import { migrateToLatest } from '../src/db/migrations.ts';
import { pgliteDialect } from '../src/db/pglite-dialect.ts';
import type { Tables } from '../src/db/tables.ts';
import { valueParsers } from '../src/db/value-parsers.ts';

const { dependencies } = createRequire(import.meta.url)('../package.json');

export const blankDatabase = `node_modules/.cache/pglite-${dependencies['@electric-sql/pglite']}.tar`;

let shared: Promise<Database> | undefined;

/** The migrated database of this worker: PGlite in memory, or a schema of DATABASE_URL. */
export function testDatabase(): Promise<Database> {
  shared ??= migrated();
  return shared;
}

async function migrated(): Promise<Database> {
  const db = await openBlank(`worker_${process.env.VITEST_POOL_ID}`);
  await migrateToLatest(db);
  return db;
}

/** A database without any table, that nobody else uses. */
export async function openBlank(name: string): Promise<Database> {
  if (process.env.DATABASE_URL) {
    return openServer(await createSchema(process.env.DATABASE_URL, name));
  }
  const loadDataDir = new Blob([await readFile(blankDatabase)]);
  const pglite = await PGlite.create({ loadDataDir, extensions, parsers: valueParsers });
  return new Kysely<Tables>({ dialect: pgliteDialect(pglite) });
}

/** A schema of its own on a server, which the end of the tests removes: the URL that leads there. */
export async function createSchema(url: string, name: string): Promise<string> {
  const schema = `${process.env.TEST_RUN}_${name}`;
  const admin = await openServer(url);
  await sql`create schema ${sql.id(schema)}`.execute(admin);
  const { rows } = await sql<{ search_path: string }>`show search_path`.execute(admin);
  await admin.destroy();

  const inSchema = new URL(url);
  // Where extensions are found as well.
  const path = [schema, rows[0]?.search_path].join(',').replaceAll(' ', '');
  inSchema.searchParams.set('options', `-c search_path=${path}`);
  return inSchema.href;
}

/** The PostgreSQL server of the tests in `test/postgres/`, which run only where there is one. */
export function serverUrl(): string {
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error('Expected a DATABASE_URL');
  return DATABASE_URL;
}

export const openServer = (url: string, limits = { connections: 10, timeout: 10_000 }) =>
  openDatabase({ kind: 'postgres', url, ...limits });

/**
 * Makes the extension that indexes may need where all schemas find it: made by a migration in one of
 * them, it would go with that one. Where it cannot be made, a migration that needs it says so.
 */
export async function createExtensions(url: string): Promise<void> {
  const db = await openServer(url);
  await sql`create extension if not exists pg_trgm`.execute(db).catch(() => undefined);
  await db.destroy();
}

/** Removes the schemas that a run of the tests has made. */
export async function dropSchemas(url: string, run: string): Promise<void> {
  const db = await openServer(url);
  const made = await sql<{ name: string }>`
    select nspname as name from pg_namespace where starts_with(nspname, ${`${run}_`})
  `.execute(db);
  for (const { name } of made.rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db);
  await db.destroy();
}

/** Removes every row of every table, in one statement, so that no order of references matters. */
export async function emptyTables(db: Database): Promise<void> {
  const tables = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely\_%'
  `.execute(db);
  const deletions = tables.rows.map(({ name }, index) => `t${index} as (delete from ${name})`);
  if (deletions.length > 0) await sql.raw(`with ${deletions.join(', ')} select`).execute(db);
}
