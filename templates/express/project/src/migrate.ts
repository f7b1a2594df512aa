import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readDatabaseConfig } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { copyEmbedded } from './db/embedded.ts';
import {
  migrateDown,
  migrateToLatest,
  migrationNames,
  missingMigrations,
  pendingMigrations,
} from './db/migrations.ts';

const commands: Record<string, (config: Config['database']) => Promise<string[]>> = {
  up: async (config) => labelled('up     ', await withDatabase(config, migrateToLatest)),
  down: async (config) => labelled('down   ', await withDatabase(config, migrateDown)),
  status: listOpen,
};

const labelled = (label: string, names: string[]) => names.map((name) => `${label} ${name}`);

async function withDatabase(
  config: Config['database'],
  work: (db: Database) => Promise<string[]>,
): Promise<string[]> {
  // No timeout: a migration of a large table may take long, and so may waiting for another process.
  const db = await openDatabase(config.kind === 'postgres' ? { ...config, timeout: 0 } : config);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Writes nothing: it opens a copy of an embedded database, and does not create a database. */
async function listOpen(config: Config['database']): Promise<string[]> {
  if (config.kind === 'postgres') return withDatabase(config, findOpen);
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  try {
    const isThere = await copyEmbedded(config.folder, folder);
    if (!isThere) return labelled('pending', await migrationNames());
    return await withDatabase({ ...config, folder }, findOpen);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pending migrations, and missing ones: those that have run but are not in the folder. */
async function findOpen(db: Database): Promise<string[]> {
  return [
    ...labelled('missing', await missingMigrations(db)),
    ...labelled('pending', await pendingMigrations(db)),
  ];
}

async function run(name = 'up'): Promise<void> {
  const command = commands[name];
  if (!command) throw new Error(`Unknown command ${name}: expected up, down or status`);
  const lines = await command(readDatabaseConfig(process.env));
  console.log(lines.length > 0 ? lines.join('\n') : 'No pending migrations');
}

if (existsSync('.env')) process.loadEnvFile('.env');
run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
