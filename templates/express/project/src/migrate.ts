import { existsSync } from 'node:fs';
import { readDatabaseConfig } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import {
  migrateDown,
  migrateToLatest,
  missingMigrations,
  pendingMigrations,
} from './db/migrations.ts';

const commands: Record<string, (db: Database) => Promise<string[]>> = {
  up: async (db) => (await migrateToLatest(db)).map((name) => `up      ${name}`),
  down: async (db) => (await migrateDown(db)).map((name) => `down    ${name}`),
  status: async (db) => [
    ...(await missingMigrations(db)).map((name) => `missing ${name}`),
    ...(await pendingMigrations(db)).map((name) => `pending ${name}`),
  ],
};

async function run(name = 'up'): Promise<void> {
  const command = commands[name];
  if (!command) throw new Error(`Unknown command ${name}: expected up, down or status`);
  const database = readDatabaseConfig(process.env);
  // No limit of time: a large table takes as long as it takes, and so does another's migration.
  const db = await openDatabase(
    database.kind === 'postgres' ? { ...database, timeout: 0 } : database,
  );
  try {
    const lines = await command(db);
    console.log(lines.length > 0 ? lines.join('\n') : 'Nothing to do: every migration has run');
  } finally {
    await db.destroy();
  }
}

if (existsSync('.env')) process.loadEnvFile('.env');
run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
