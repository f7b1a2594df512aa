import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Config } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import type { Tables } from './tables.ts';
import { valueParsers } from './value-parsers.ts';

export type Database = Kysely<Tables>;

/** Opens PostgreSQL, or PGlite where no server is configured. `destroy()` closes it. */
export async function openDatabase(config: Config['database']): Promise<Database> {
  const dialect =
    config.kind === 'postgres'
      ? new PostgresDialect({ pool: openPool(config.url) })
      : await openEmbedded(config.folder);
  return new Kysely<Tables>({ dialect });
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // Where the server vanishes without a word, its own timeout never arrives.
    query_timeout: 15_000,
    types: {
      getTypeParser: (type, format) => valueParsers[type] ?? pg.types.getTypeParser(type, format),
    },
  });
  // An idle connection that breaks is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
