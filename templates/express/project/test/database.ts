import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
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

// Compiles once and without optimizing, which costs more than these tests gain from it.
setFlagsFromString('--liftoff-only');
setFlagsFromString('--no-opt');

let shared: Promise<Shared> | undefined;
type Shared = { db: Database; pglite: PGlite | undefined };

/** The migrated database of this worker: PGlite in memory, or a schema of DATABASE_URL. */
export async function testDatabase(): Promise<Database> {
  return (await shareDatabase()).db;
}

function shareDatabase(): Promise<Shared> {
  shared ??= openShared();
  return shared;
}

async function openShared(): Promise<Shared> {
  const { DATABASE_URL, VITEST_POOL_ID } = process.env;
  const pglite = DATABASE_URL ? undefined : await openPglite();
  const db = pglite
    ? new Kysely<Tables>({ dialect: pgliteDialect(pglite) })
    : await openServer(await createSchema(serverUrl(), `worker_${VITEST_POOL_ID}`));
  await migrateToLatest(db);
  return { db, pglite };
}

async function openPglite(): Promise<PGlite> {
  const loadDataDir = new Blob([await readFile(blankDatabase)]);
  return PGlite.create({ loadDataDir, extensions, parsers: valueParsers });
}

/**
 * A database without any table. On PGlite, which has a single session, it replaces the database of the
 * worker until it is destroyed. A test that uses both at the same time needs a server.
 */
export async function openBlank(name: string): Promise<Database> {
  const { pglite } = await shareDatabase();
  if (!pglite) return openServer(await createSchema(serverUrl(), name));
  await pglite.exec(`create schema ${name}; set search_path to ${name}, public`);
  const close = async () => {
    await pglite.exec(`set search_path to default; drop schema ${name} cascade`);
  };
  return new Kysely<Tables>({ dialect: pgliteDialect(pglite, close) });
}

/** Creates a schema, which is dropped after the tests, and returns a URL that connects to it. */
export async function createSchema(url: string, name: string): Promise<string> {
  const schema = `${process.env.TEST_RUN}_${name}`;
  const admin = await openServer(url);
  await sql`create schema ${sql.id(schema)}`.execute(admin);
  const { rows } = await sql<{ search_path: string }>`show search_path`.execute(admin);
  await admin.destroy();

  const inSchema = new URL(url);
  // The other schemas are there for the extensions.
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
 * Creates the extension that indexes may need, where all schemas find it. If a migration created it in
 * one of the schemas, it would be dropped with that one. If this fails, a migration that needs it says so.
 */
export async function createExtensions(url: string): Promise<void> {
  const db = await openServer(url);
  await sql`create extension if not exists pg_trgm`.execute(db).catch(() => undefined);
  await db.destroy();
}

/** Drops the schemas that a run of the tests has created. */
export async function dropSchemas(url: string, run: string): Promise<void> {
  const db = await openServer(url);
  const made = await sql<{ name: string }>`
    select nspname as name from pg_namespace where starts_with(nspname, ${`${run}_`})
  `.execute(db);
  for (const { name } of made.rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db);
  await db.destroy();
}

const deletions = new WeakMap<Database, Promise<string | undefined>>();

/** Deletes every row of every table. In one statement, the order of references does not matter. */
export async function emptyTables(db: Database): Promise<void> {
  const deletion = deletions.get(db) ?? deletionFrom(db);
  deletions.set(db, deletion);
  const statement = await deletion;
  if (statement) await sql.raw(statement).execute(db);
}

/** Built once for each database, since it takes long to ask for the tables. */
async function deletionFrom(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely\_%'
  `.execute(db);
  const parts = rows.map(({ name }, index) => `t${index} as (delete from ${name})`);
  return parts.length > 0 ? `with ${parts.join(', ')} select` : undefined;
}
