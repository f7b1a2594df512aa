import { readdir } from 'node:fs/promises';
import { type Migration, type MigrationResultSet, Migrator, sql } from 'kysely';
import type { Database } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * The migrations are the files of the folder, sorted by name. Kysely takes a lock in the database,
 * so that only one process migrates while the others wait.
 */
async function createMigrator(db: Database): Promise<Migrator> {
  // Without a schema, Kysely would also use the migration tables of another schema.
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  return new Migrator({
    db,
    provider: { getMigrations: readMigrations },
    migrationTableSchema: rows[0]?.name ?? 'public',
    // A merged branch may add a migration that is older than those that have already run.
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

/** The names of all migrations, in order. */
export async function migrationNames(): Promise<string[]> {
  return Object.keys(await readMigrations());
}

const underWay = new WeakMap<Database, Promise<string[]>>();

/**
 * The names of the migrations that have not run yet. Concurrent calls share one query, since the
 * query is expensive and anyone can trigger it through `/ready`.
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

/** Migrations that have run but are not in the folder. Until they are, no migration can run. */
export async function missingMigrations(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  const migrations = await migrator.getMigrations();
  // The table does not exist before the first migration has run.
  if (migrations.every(({ executedAt }) => !executedAt)) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const names = new Set(migrations.map(({ name }) => name));
  return rows.map(({ name }) => name).filter((name) => !names.has(name));
}

/** Runs all pending migrations in one transaction and returns their names. */
export async function migrateToLatest(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  return namesOf(await migrator.migrateToLatest());
}

/** Reverts the newest migration and returns its name, or an empty list if none has run. */
export async function migrateDown(db: Database): Promise<string[]> {
  const migrator = await createMigrator(db);
  return namesOf(await migrator.migrateDown());
}

function namesOf({ error, results = [] }: MigrationResultSet): string[] {
  if (error) throw error;
  return results.map(({ migrationName }) => migrationName);
}
