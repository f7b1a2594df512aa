import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Config } from '../config.ts';
import { valueParsers } from './value-parsers.ts';

type PostgresConfig = Extract<Config['database'], { kind: 'postgres' }>;

/** Connections to a PostgreSQL server, of which none waits for ever. */
export function openPool({ url, connections, timeout }: PostgresConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) => valueParsers[type] ?? pg.types.getTypeParser(type, format),
    },
    // The server stops a statement by itself; the second limit is for a server that went silent.
    ...(timeout > 0 && { statement_timeout: timeout, query_timeout: timeout + 1_000 }),
  });
  // A connection that breaks, idle or between two statements, is replaced at the next query; unheard,
  // it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Closes a connection that got no answer: it would keep the next request waiting as well. */
export function dropSilent(pool: pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let silent: Error | undefined;
      const query = async (text: string, parameters: unknown[]) => {
        if (silent) throw silent;
        try {
          return await client.query(text, parameters);
        } catch (error) {
          if (error instanceof Error && error.message === 'Query read timeout') silent = error;
          throw error;
        }
      };
      return {
        // Kysely streams through a cursor only where it was given one, and nobody gives it one.
        query: query as unknown as PostgresPoolClient['query'],
        release: () => client.release(silent),
      };
    },
  };
}
