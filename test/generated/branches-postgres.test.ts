import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, createDatabase } from './postgres.ts';
import { copyOfNew, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

type Database = Awaited<ReturnType<typeof createDatabase>>;

let project: string;
let ran: Database;
let fresh: Database;

const at = (second: number) => ({ SOURCE_DATE_EPOCH: `${4102444800 + second}` });
const gen = (command: string, second: number) => mustRun(`npx gen ${command}`, project, at(second));
const git = (command: string) => mustRun(`git ${command}`, project);
const commit = (message: string) => git(`add --all && git commit -qm '${message}'`);
const migrate = (database: Database, ...args: string[]) =>
  mustRun(['npm run --silent migrate', ...args].join(' -- '), project, {
    DATABASE_URL: database.url,
  });

/** Each column of a database and each constraint, in words. */
async function shapeOf({ url }: Database): Promise<string[]> {
  const client = await connect(url);
  const { rows } = await client.query(`
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
      from information_schema.columns where table_schema = 'public'
    union all
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    order by 1`);
  await client.end();
  return rows.map(({ line }) => String(line));
}

describe('a database that has run the migrations of the later of two branches', () => {
  beforeAll(async () => {
    project = await copyOfNew(await ownFolder('branches-postgres'));
    [ran, fresh] = [await createDatabase(), await createDatabase()];
    await gen('endpoint posts title', 0);
    await commit('base');
    await git('switch -qc earlier');
    await gen('endpoint tags name', 1000);
    await gen('field add posts summary:text:optional', 1001);
    await commit('earlier');
    await git('switch -q -');
    await gen('endpoint notes text:text post:ref:posts', 2000);
    await gen('field add posts views:integer:default=0', 2001);
    await commit('later');
    await migrate(ran);
  });
  afterAll(async () => {
    for (const database of [ran, fresh]) await database?.drop();
  });

  it('keeps its rows, and runs those of the earlier once both are merged', async () => {
    const client = await connect(ran.url);
    await client.query(
      "insert into posts (id, title, views, created_at, updated_at) values (gen_random_uuid(), 'kept', 7, now(), now())",
    );
    await git('merge -q --no-edit earlier || true');
    const posts = {
      title: { type: 'string' },
      summary: { type: 'text', optional: true },
      views: { type: 'integer', default: 0 },
    };
    const settle = `
      const { execSync } = require('node:child_process');
      const read = (at) => JSON.parse(execSync('git show ' + at + ':backend.json'));
      const [ours, theirs] = [read('HEAD'), read('earlier')];
      ours.endpoints = { ...theirs.endpoints, ...ours.endpoints, posts: { fields: ${JSON.stringify(posts)} } };
      require('node:fs').writeFileSync('backend.json', JSON.stringify(ours, null, 2));`;
    await mustRun(`node -e '${settle.replaceAll("'", `'\\''`)}'`, project);
    await gen('apply', 9000);
    await commit('merged');

    expect(await migrate(ran, 'status')).toMatch(
      /^pending .*_create_tags\npending .*_add_summary_to_posts$/,
    );
    expect(await migrate(ran)).toMatch(/^up .*_create_tags\nup .*_add_summary_to_posts$/);
    expect(await migrate(ran)).toContain('No pending migrations');
    const { rows } = await client.query('select title, views, summary from posts');
    await client.end();
    expect(rows).toEqual([{ title: 'kept', views: 7, summary: null }]);
  });

  it('is then what a new database is, and can be taken back as far', async () => {
    await migrate(fresh);
    expect(new Set(await shapeOf(ran))).toEqual(new Set(await shapeOf(fresh)));
    expect(await migrate(ran, 'down')).toMatch(/^down .*_add_(views|summary)_to_posts$/);
    await migrate(ran);
    expect(new Set(await shapeOf(ran))).toEqual(new Set(await shapeOf(fresh)));
  });
});
