import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connect, createDatabase } from '../postgres.ts';
import { newProject } from '../projects.ts';

type Row = Record<string, unknown>;

/** A database of its own, whatever it runs on. */
export type TestDatabase = {
  query(sql: string): Promise<Row[]>;
  close(): Promise<void>;
};

/** A new database on the server. */
export async function openPostgres(): Promise<TestDatabase> {
  const { url, drop } = await createDatabase();
  const client = await connect(url);
  return {
    query: async (sql) => (await client.query(sql)).rows,
    close: async () => {
      await client.end();
      await drop();
    },
  };
}

type PGlite = {
  query(sql: string): Promise<{ rows: Row[] }>;
  close(): Promise<void>;
};

type PGliteModule = { create(options: object): Promise<PGlite> };

/** PGlite in memory, as the generated project has it. */
export async function openPGlite(): Promise<TestDatabase> {
  const { resolve } = createRequire(join(await newProject(), 'package.json'));
  const load = (name: string) => import(pathToFileURL(resolve(name)).href);
  const { PGlite }: { PGlite: PGliteModule } = await load('@electric-sql/pglite');
  const { pg_trgm } = await load('@electric-sql/pglite/contrib/pg_trgm');
  const pglite = await PGlite.create({ extensions: { pg_trgm } });
  return {
    query: async (sql) => (await pglite.query(sql)).rows,
    close: () => pglite.close(),
  };
}

/** What takes the database back to where it was, whatever happened in between. */
export async function undone<T>({ query }: TestDatabase, work: () => Promise<T>): Promise<T> {
  await query('begin');
  try {
    return await work();
  } finally {
    await query('rollback');
  }
}

/** As a migration runs: all of it, or an error and nothing. */
export async function attempt(
  { query }: TestDatabase,
  statements: readonly string[],
): Promise<string | undefined> {
  await query('savepoint attempt');
  try {
    for (const statement of statements) await query(statement);
    await query('release savepoint attempt');
    return undefined;
  } catch (error) {
    await query('rollback to savepoint attempt');
    return error instanceof Error ? error.message : String(error);
  }
}

/** A table as PostgreSQL's catalog has it; the order of columns is not part of it. */
export async function describeTable({ query }: TestDatabase, table: string): Promise<string[]> {
  const rows = await query(`
    select 'column ' || attname || ' ' || format_type(atttypid, atttypmod)
      || case when attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') as line
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
    union all
    select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where conrelid = '${table}'::regclass and contype <> 'n'
    union all
    select pg_get_indexdef(indexrelid) from pg_index where indrelid = '${table}'::regclass
    order by line
  `);
  return rows.map(({ line }) => String(line));
}
