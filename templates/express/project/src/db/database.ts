import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Config } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import { dropSilent, openPool } from './pool.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

const pools = new WeakMap<Database, pg.Pool>();

/** Opens PostgreSQL, or PGlite where no server is configured. `destroy()` closes it. */
export async function openDatabase(config: Config['database']): Promise<Database> {
  if (config.kind === 'embedded') {
    return new Kysely<Tables>({ dialect: await openEmbedded(config.folder) });
  }
  const pool = openPool(config);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: dropSilent(pool) }) });
  pools.set(db, pool);
  return db;
}

/** How many connections are in use and idle, and how many callers wait; PGlite has none to count. */
export function poolUsage(db: Database): Record<'used' | 'idle' | 'waiting', number> | undefined {
  const pool = pools.get(db);
  if (!pool) return undefined;
  const { totalCount, idleCount, waitingCount } = pool;
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}
