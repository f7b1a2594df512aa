import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';

/** Kysely on PGlite. `close` is called when the database is destroyed. */
export function pgliteDialect(pglite: PGlite, close = () => pglite.close()): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pglite, close),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** PGlite has a single session, so callers get the connection one after the other. */
function createDriver(pglite: PGlite, close: () => Promise<void>): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
      const { rows, affectedRows = 0 } = await pglite.query<Row>(sql, [...parameters]);
      return { rows, numAffectedRows: BigInt(affectedRows) };
    },
    streamQuery() {
      throw new Error('PGlite cannot stream a query');
    },
  };
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql));
  let released = Promise.resolve();
  let release = () => {};

  return {
    async init() {
      await pglite.waitReady;
    },
    async acquireConnection() {
      const before = released;
      released = new Promise((resolve) => {
        before.then(() => {
          release = resolve;
        });
      });
      await before;
      return connection;
    },
    async beginTransaction(_connection, { isolationLevel, accessMode }) {
      await run('begin');
      if (isolationLevel) await run(`set transaction isolation level ${isolationLevel}`);
      if (accessMode) await run(`set transaction ${accessMode}`);
    },
    async commitTransaction() {
      await run('commit');
    },
    async rollbackTransaction() {
      await run('rollback');
    },
    async releaseConnection() {
      release();
    },
    destroy: close,
  };
}
