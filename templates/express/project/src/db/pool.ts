import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Config } from '../config.ts';
import { type Server, serversOf } from './servers.ts';
import { valueParsers } from './value-parsers.ts';

type PostgresConfig = Extract<Config['database'], { kind: 'postgres' }>;

export type PoolUsage = Record<'used' | 'idle' | 'waiting', number>;
export type Pool = PostgresPool & { usage(): PoolUsage; isCrowded(): boolean };

/** Callers that may wait per connection. With usual queries they wait for a second or less. */
const mostWaiting = 20;
/** After a failed attempt to connect, requests are rejected for this long, in milliseconds. */
const awayFor = 500;

/** Opens a pool on a PostgreSQL server, or on the first of several servers that responds. */
export function openPool(config: PostgresConfig, onLost: (error: Error) => void): Pool {
  const pools = serversOf(config.url).map((server) => ({
    server,
    pool: openConnections(server, config, onLost),
  }));
  let first = 0;
  let awayUntil = 0;

  async function connect() {
    try {
      const client = await connectToAny();
      awayUntil = 0;
      return dropSilent(client);
    } catch (error) {
      awayUntil = Date.now() + awayFor;
      throw error;
    }
  }

  /** Starts with the server of the last successful connection. */
  async function connectToAny(): Promise<pg.PoolClient> {
    let failed: { address: string; error: unknown } | undefined;
    for (const { server, pool } of [...pools.slice(first), ...pools.slice(0, first)]) {
      const address = `${server.host}:${server.port}`;
      if (failed?.address === address && !isAboutEncryption(failed.error)) continue;
      try {
        const client = await pool.connect();
        first = pools.findIndex((each) => each.pool === pool);
        return client;
      } catch (error) {
        if (!failed || !isAboutEncryption(error)) failed = { address, error };
      }
    }
    throw failed?.error;
  }

  const sum = (count: (pool: pg.Pool) => number) =>
    pools.reduce((total, { pool }) => total + count(pool), 0);

  return {
    connect,
    async end() {
      await Promise.all(pools.map(({ pool }) => pool.end()));
    },
    usage: () => ({
      used: sum(({ totalCount, idleCount }) => totalCount - idleCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    }),
    isCrowded: () =>
      Date.now() < awayUntil ||
      sum(({ waitingCount }) => waitingCount) >= mostWaiting * config.connections,
  };
}

function openConnections(
  { mustWrite, ...server }: Server,
  { connections, timeout }: PostgresConfig,
  onLost: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({
    ...server,
    max: connections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) => valueParsers[type] ?? pg.types.getTypeParser(type, format),
    },
    onConnect: (client) => prepareSession(client, timeout, mustWrite),
    // PostgreSQL cancels slow statements itself (`statement_timeout`). This limit is for a server
    // that stops responding, and for one behind a pooler.
    ...(timeout > 0 && { query_timeout: timeout + 1_000 }),
  });
  // The pool replaces a broken connection at the next query. Without these handlers, the error of
  // an idle connection would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}

/**
 * Sets the formats that `valueParsers` expects, and the statement timeout. Behind a pooler such as
 * PgBouncer, a session is shared with other clients, so only `DateStyle`, which poolers track per
 * client, is set there. A pooler is detected by its process id, which differs from the server's.
 */
async function prepareSession(
  client: pg.ClientBase,
  timeout: number,
  mustWrite: boolean,
): Promise<void> {
  const processId = 'processID' in client ? client.processID : undefined;
  const { rows } = await client.query<{ isOurs: boolean; isStandby: boolean; digits: string }>(
    `select is_ours as "isOurs", pg_is_in_recovery() as "isStandby",
       current_setting('extra_float_digits') as digits,
       set_config('DateStyle', 'ISO', false),
       case when is_ours then set_config('extra_float_digits', '1', false) end,
       case when is_ours then set_config('statement_timeout', $2, false) end
     from (select pg_backend_pid() = $1 as is_ours) as session`,
    [processId, String(timeout)],
  );
  const [session] = rows;
  if (session?.isStandby && mustWrite)
    throw new Error('Connection terminated: the server is a standby');
  if (!session?.isOurs && Number(session?.digits) < 1) {
    throw new Error(
      'The role has extra_float_digits below 1, which rounds numbers. Behind a pooler, a session ' +
        'cannot change it: ' +
        'run `alter role … reset extra_float_digits`',
    );
  }
}

/** Whether the server does not support encryption, or requires it. */
const isAboutEncryption = (error: unknown) =>
  error instanceof Error && /pg_hba\.conf|\bSSL\b/.test(error.message);

/** Closes a connection after a query timeout, since the next query on it would time out as well. */
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
    // Kysely passes a cursor only if the dialect has one, and this one has none.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(silent),
  };
}
