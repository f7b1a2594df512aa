import { readdir } from 'node:fs/promises';
import { type Migration, type MigrationResultSet, Migrator, sql } from 'kysely';
import type { Database } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * The migrations are the files of the folder, in the order of their names. Kysely takes a lock in
 * the database, so that of many processes one migrates while the others wait.
 */
async function createMigrator(db: Database): Promise<Migrator> {
  // Named, since Kysely would otherwise take the tables of another schema for its own.
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  return new Migrator({
    db,
    provider: { getMigrations: readMigrations },
    migrationTableSchema: rows[0]?.name ?? 'public',
    // A branch that is merged may bring one that is older than others which have run.
    allowUnorderedMigrations: true,
  });
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).sort();
  const migrations = files.map(async (file): Promise<[string, Migration]> => {
    return [file.replace(/\.[jt]s$/, ''), await import(new URL(file, folder).href)];
  });
  return Object.fromEntries(await Promise.all(migrations));
}

/** The names of all migrations, in their order. */
export async function migrationNames(): Promise<string[]> {
  return Object.keys(await readMigrations());
}

const underWay = new WeakMap<Database, Promise<string[]>>();

/**
 * The names of the migrations that have not run yet. Whoever asks while it is being found out gets
 * the same answer: it is dear, and through `/ready` anybody may ask.
 */
export function pendingMigrations(db: Database): Promise<string[]> {
  const pending = underWay.get(db) ?? findPending(db).finally(() => underWay.delete(db));
  underWay.set(db, pending);
  return pending;
}

async function findPending(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  const migrations = await migrator.getMigrations();
  return migrations.filter(({ executedAt }) => !executedAt).map(({ name }) => name);
}

/** The names of those that have run and are not in the folder: until they are, none can run. */
export async function missingMigrations(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  const migrations = await migrator.getMigrations();
  // Before the first one has run there is no table to read.
  if (migrations.every(({ executedAt }) => !executedAt)) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const names = new Set(migrations.map(({ name }) => name));
  return rows.map(({ name }) => name).filter((name) => !names.has(name));
}

/** Runs what is pending; the names of what ran. All or nothing on PostgreSQL. */
export async function migrateToLatest(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  return namesOf(await migrator.migrateToLatest());
}

/** Takes back the newest migration; its name, or nothing where none has run. */
export async function migrateDown(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  return namesOf(await migrator.migrateDown());
}

function namesOf({ error, results = [] }: MigrationResultSet): string[] {
  if (error) throw error;
  return results.map(({ migrationName }) => migrationName);
}
