import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connect, createDatabase } from '../postgres.ts';
import { copyOfNew, once } from '../projects.ts';
import { mustRun } from '../run.ts';

type Query = Record<string, string | number>;
type Row = Record<string, unknown> & { id: string };
type Page = { rows: Row[]; nextCursor?: string | null };
type Statement = { sql: string; parameters: readonly unknown[] };
type Repository = { list(query: Query): Promise<Page> };

/** How many rows each table has. Their values and ids are in no common order. */
export const size = 100_000;

const endpoints = [
  'items name:string:search note:text:search:optional price:decimal:optional:filter:sort code:string:optional:unique:sort kind:enum:a,b:filter score:integer:filter:sort',
  'sheets name:string:search price:decimal:optional:sort score:integer:sort --pagination offset',
];

const project = () =>
  once('shelf', async (folder) => {
    const copy = await copyOfNew(folder);
    for (const endpoint of endpoints) await mustRun(`npx gen endpoint ${endpoint}`, copy);
    await mustRun('npm run build', copy);
  }).then((folder) => join(folder, 'shop'));

/** About half of the rows have no price, code or note, each of them another half. */
const fill = [
  `insert into items (id, name, note, price, code, kind, score, created_at, updated_at)
   select gen_random_uuid(), 'item ' || md5(n::text), case when n % 11 < 5 then 'about ' || md5('n' || n) end,
     case when n % 2 = 0 then n * 7919 % 5000 end, case when n % 7 < 3 then md5('c' || n) end,
     case when n % 5 < 3 then 'a' else 'b' end, n::bigint * 104729 % 4999, now(), now()
   from generate_series(1, ${size}) n`,
  `insert into sheets (id, name, price, score, created_at, updated_at)
   select id, name, price, score, now(), now() from items`,
  "update items set name = 'a needle ' || name where id in (select id from items order by id offset 300 limit 3)",
  "update items set note = 'needle ' || name where id in (select id from items order by id offset 900 limit 3)",
  'vacuum analyze items',
  'vacuum analyze sheets',
];

/** The built project's own repositories on a database with many rows, and what their lists read. */
export async function openShelf() {
  const root = await project();
  const { url, drop } = await createDatabase();
  await mustRun('npm run migrate', root, { DATABASE_URL: url });
  const client = await connect(url);
  for (const statement of fill) await client.query(statement);
  await client.end();

  const load = (path: string) => import(pathToFileURL(path).href);
  const { Kysely, PostgresDialect, CompiledQuery } = await load(
    createRequire(join(root, 'package.json')).resolve('kysely'),
  );
  const { openPool } = await load(join(root, 'dist/db/pool.js'));
  const asked: Statement[] = [];
  const db = new Kysely({
    dialect: new PostgresDialect({
      pool: openPool({ url, connections: 1, timeout: 60_000 }, () => undefined),
    }),
    log: ({ query }: { query: Statement }) => asked.push(query),
  });
  const repositories: Record<string, Repository> = {
    items: (await load(join(root, 'dist/modules/items/items.repository.js'))).createItemsRepository(
      db,
    ),
    sheets: (
      await load(join(root, 'dist/modules/sheets/sheets.repository.js'))
    ).createSheetsRepository(db),
  };

  async function buffersOf({ sql, parameters }: Statement): Promise<number> {
    const explain = `explain (analyze, buffers, format json) ${sql}`;
    const { rows } = await db.executeQuery(CompiledQuery.raw(explain, [...parameters]));
    const { Plan: plan } = rows[0]['QUERY PLAN'][0];
    return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  }

  return {
    list: (table: string, query: Query) => repositories[table]?.list(query),
    /** A page, and how many buffers PostgreSQL reads for it; `rows` does not count the total. */
    async measure(table: string, query: Query): Promise<{ page: Page; buffers: number }> {
      asked.length = 0;
      const page = await repositories[table]?.list(query);
      if (page === undefined) throw new Error(`no table ${table}`);
      const statements = asked.filter(({ sql }) => !sql.includes('count(*)'));
      let buffers = 0;
      for (const statement of [...statements]) buffers += await buffersOf(statement);
      return { page, buffers };
    },
    async close() {
      await db.destroy();
      await drop();
    },
  };
}
