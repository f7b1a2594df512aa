import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Config } from '../config.ts';
import { valueParsers } from './value-parsers.ts';

type PostgresConfig = Extract<Config['database'], { kind: 'postgres' }>;

export type PoolUsage = Record<'used' | 'idle' | 'waiting', number>;
export type Pool = PostgresPool & { usage(): PoolUsage; isCrowded(): boolean };

/** So many callers may wait for each connection: as long as they answer, a second or less. */
const mostWaiting = 20;
/** So long after an attempt to connect has failed, the next one would fail as well. */
const awayFor = 500;

/** Connections to a PostgreSQL server, of which none waits for ever. */
export function openPool(config: PostgresConfig): Pool {
  const pool = openConnections(config);
  let awayUntil = 0;

  async function connect() {
    try {
      const client = await pool.connect();
      awayUntil = 0;
      return dropSilent(client);
    } catch (error) {
      awayUntil = Date.now() + awayFor;
      throw error;
    }
  }

  return {
    connect,
    end: () => pool.end(),
    usage() {
      const { totalCount, idleCount, waitingCount } = pool;
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },
    isCrowded: () =>
      pool.waitingCount >= mostWaiting * config.connections || Date.now() < awayUntil,
  };
}

function openConnections({ url, connections, timeout }: PostgresConfig): pg.Pool {
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
function dropSilent(client: pg.PoolClient): PostgresPoolClient {
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
}
