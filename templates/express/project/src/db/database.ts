import { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import { openPool, type Pool, type PoolUsage } from './pool.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

const pools = new WeakMap<Database, Pool>();

/**
 * Opens PostgreSQL, or PGlite where no server is configured. `destroy()` closes it. `onLost` is told
 * of each connection that breaks; the pool replaces it.
 */
export async function openDatabase(
  config: Config['database'],
  onLost: (error: Error) => void = () => undefined,
): Promise<Database> {
  if (config.kind === 'embedded') {
    return new Kysely<Tables>({ dialect: await openEmbedded(config.folder) });
  }
  const pool = openPool(config, onLost);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  pools.set(db, pool);
  return db;
}

/** Counts used connections, idle connections and waiting callers. Undefined for PGlite. */
export function poolUsage(db: Database): PoolUsage | undefined {
  return pools.get(db)?.usage();
}

/**
 * Whether the pool is overloaded or the server is down, so that new requests should be rejected.
 */
export function isCrowded(db: Database): boolean {
  return pools.get(db)?.isCrowded() ?? false;
}
