import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, createDatabase } from './postgres.ts';
import { builtTool, copyOfNew, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const onStacks = {
  express: {
    make: copyOfNew,
    migrate: 'npm run -s migrate',
    back: 'npm run -s migrate -- down',
    checks: ['npm run -s type-check', 'npm run -s lint', 'npm run -s format:check'],
    ways: (text: string) =>
      text
        .replace(
          'await sql``.execute(db);',
          "await db.schema.createTable('tags').addColumn('id', 'uuid').execute();\n" +
            "  await db.schema.alterTable('posts').addColumn('note', 'jsonb').execute();",
        )
        .replace(
          'await sql``.execute(db);',
          'await sql`drop table tags`.execute(db);\n  await sql`alter table posts drop column note`.execute(db);',
        ),
  },
  fastapi: {
    async make(folder: string) {
      const flags = '--stack fastapi --auth none --yes --no-git';
      await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${flags}`, folder);
      return join(folder, 'shop');
    },
    migrate: '.venv/bin/python -m app.db.migrate',
    back: '.venv/bin/python -m app.db.migrate down',
    checks: ['.venv/bin/mypy .', '.venv/bin/ruff check .', '.venv/bin/ruff format --check .'],
    ways: (text: string) =>
      text
        .replace('from app', 'import sqlalchemy as sa\nfrom alembic import op\n\nfrom app')
        .replace(
          'execute("")',
          'op.create_table("tags", sa.Column("id", sa.Uuid()))\n' +
            '    op.add_column("posts", sa.Column("note", sa.JSON()))',
        )
        .replace(
          'execute("")',
          'execute("drop table tags")\n    execute("alter table posts drop column note")',
        ),
  },
};

describe.each(Object.entries(onStacks))('a migration of one’s own on %s', (stack, own) => {
  let project: string;
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let gen: (line: string) => ReturnType<typeof run>;
  let path: string;
  const migrate = (command: string) => mustRun(command, project, { DATABASE_URL: database.url });

  beforeAll(async () => {
    project = await own.make(await ownFolder(`own-migration-${stack}`));
    const tool = await builtTool();
    gen = (line) => run(`node ${tool}/bin/gen.js ${line}`, project);
    database = await createDatabase();
    await gen('endpoint posts title:string');
  });
  afterAll(() => database.drop());

  it('is empty, runs there and back, and is undone while it has not run', async () => {
    const made = await gen('migration fill_slugs --json');
    expect(made).toMatchObject({ exitCode: 0 });
    const [change] = JSON.parse(made.output).plan.changes;
    for (const command of own.checks) await mustRun(command, project);
    expect(await gen('undo')).toMatchObject({ exitCode: 0 });
    await expect(readFile(join(project, change.path))).rejects.toThrow('ENOENT');
    const again = JSON.parse((await gen('migration fill_slugs --json')).output);
    const [{ path: there }] = again.plan.changes;
    expect(await migrate(own.migrate)).toContain(`up      ${there.replace(/^.*\/|\.\w+$/g, '')}`);
    expect(await migrate(own.back)).toMatch(/^down {4}\d+_fill_slugs$/m);
    expect(await gen('undo')).toMatchObject({ exitCode: 0 });
  });

  it('makes tables and columns that are taken from then on', async () => {
    const made = await gen('migration own_things --json');
    path = JSON.parse(made.output).plan.changes[0].path;
    const text = await readFile(join(project, path), 'utf8');
    await writeFile(join(project, path), own.ways(text));
    const name = path.replace(/^.*\/|\.\w+$/g, '');
    const table = await gen('endpoint tags name:string');
    expect(table.exitCode).toBe(1);
    expect(table.output).toContain(`The table tags exists: the migration ${name} makes it.`);
    const column = await gen('field add posts note:text');
    expect(column.exitCode).toBe(1);
    expect(column.output).toContain(`The column note of posts exists: the migration ${name} makes`);
    expect(await gen('endpoint marks name:string')).toMatchObject({ exitCode: 0 });
    expect(await gen('field add posts label:text:optional')).toMatchObject({ exitCode: 0 });
  });

  it('runs with those of gen on PostgreSQL, and is kept by undo once it has', async () => {
    await migrate(own.migrate);
    const client = await connect(database.url);
    const columns = `select column_name from information_schema.columns where table_name = 'posts'`;
    const { rows } = await client.query(columns);
    await client.end();
    const names = rows.map((row) => row.column_name);
    expect(names).toEqual(expect.arrayContaining(['note', 'label']));
    await gen('migration last_thing');
    await migrate(own.migrate);
    const tool = await builtTool();
    const undone = await run(`node ${tool}/bin/gen.js undo`, project, {
      DATABASE_URL: database.url,
    });
    expect(undone.exitCode).toBe(1);
    expect(undone.output).toContain('last_thing');
    expect(undone.output).toContain('has run, or may have run.');
    expect(undone.output).toContain('gen migration revert_last_thing');
  });
});
