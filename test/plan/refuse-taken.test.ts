import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { planMigration } from '../../src/plan/plan-migration.ts';
import { express } from '../../src/stacks/express/express.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { manifestWith } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, filesOf, plan, project } from './virtual.ts';

const ownPath = 'src/db/migrations/20270101000000_own.ts';
const posts = { name: 'posts', fields: ['title:string'] };

const migration = (up: string) => `import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  ${up}
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('tags').execute();
}
`;
const sql = (text: string) => `await sql\`${text}\`.execute(db);`;

/** What a change is refused with, after a migration of one's own; undefined if it is planned. */
async function refusal(up: string, after: ReturnType<typeof manifestWith>, renames = {}) {
  const before = manifestWith(posts);
  const texts = apply(project, (await plan(project)).changes);
  const own: Texts = { ...texts, [ownPath]: migration(up) };
  const lineage = { posts: ['20260131120000_create_posts'] };
  const planned = plan(own, { before, lineage, after, renames });
  return planned.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return error.problems.map(({ found }) => found);
    },
  );
}

const tags = manifestWith(posts, { name: 'tags', fields: ['name:string'] });
const tableTaken = ['The table tags exists: the migration 20270101000000_own makes it.'];

describe('an endpoint whose table a migration of one’s own makes', () => {
  it.each([
    sql('create table tags (id uuid primary key, label text)'),
    sql('create table if not exists "tags" (id uuid)'),
    sql('create table public.tags (id uuid)'),
    sql('CREATE UNLOGGED TABLE tags(id uuid)'),
    sql('-- of the shop;\n create table other (id uuid); create table tags as select 1 as id'),
    sql('create materialized view tags as select 1 as id'),
    sql('alter table labels rename to tags'),
    `await db.schema\n    .createTable('tags')\n    .addColumn('id', 'uuid')\n    .execute();`,
    `await db.schema.alterTable('labels').renameTo('tags').execute();`,
    `await db.schema.createView('tags').as(db.selectFrom('posts').selectAll()).execute();`,
  ])('is refused: %s', async (up) => {
    expect(await refusal(up, tags)).toEqual(tableTaken);
  });

  it.each([
    sql('create table tag (id uuid)'),
    sql(`insert into posts (title) values ('create table tags (id uuid)')`),
    sql('/* create table tags (id uuid) */ select 1'),
    `${sql('create table tags (id uuid)')}\n  ${sql('drop table tags cascade')}`,
    `await db.schema.createTable('tags').execute();\n  await db.schema.dropTable('tags').execute();`,
    `await db.schema.createTable('tags').execute();\n  ${sql('alter table tags rename to marks')}`,
  ])('is made after %s', async (up) => {
    expect(await refusal(up, tags)).toBeUndefined();
  });

  it('is refused under a new name too', async () => {
    const after = manifestWith({ ...posts, name: 'tags' });
    const renames = { endpoint: { from: 'posts', to: 'tags' } };
    expect(await refusal(sql('create table tags (id uuid)'), after, renames)).toEqual(tableTaken);
  });
});

const noted = manifestWith({ ...posts, fields: ['title:string', 'note:text:optional'] });
const columnTaken = ['The column note of posts exists: the migration 20270101000000_own makes it.'];

describe('a field whose column a migration of one’s own makes', () => {
  it.each([
    sql('alter table posts add column note jsonb'),
    sql('alter table only posts add note jsonb'),
    sql('alter table posts add column a int, add column if not exists "note" varchar(3)'),
    sql('alter table posts rename title to note'),
    `await db.schema.alterTable('posts').addColumn('a', 'text').addColumn('note', 'jsonb').execute();`,
    `await db.schema.alterTable("posts").renameColumn("title", "note").execute();`,
  ])('is refused: %s', async (up) => {
    expect(await refusal(up, noted)).toEqual(columnTaken);
  });

  it.each([
    sql('alter table posts add column notes text'),
    sql('alter table tags add column note text'),
    sql('alter table posts add constraint note check (true)'),
    sql('alter table posts add column note text, drop column note'),
    `await db.schema.alterTable('tags').addColumn('note', 'text').execute();`,
  ])('is made after %s', async (up) => {
    expect(await refusal(up, noted)).toBeUndefined();
  });

  it('is taken over as it is where the column is the one that the field needs', async () => {
    const texts = apply(project, (await plan(project)).changes);
    const own = { ...texts, [ownPath]: migration(sql('alter table posts add column note text')) };
    const lineage = { posts: ['20260131120000_create_posts'] };
    const { changes } = await plan(own, { before: manifestWith(posts), lineage, after: noted });
    expect(changes.filter(({ path }) => path.startsWith('src/db/migrations/'))).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({ path: 'src/modules/posts/posts.table.ts' }),
    );
  });

  it('is refused where a field gets its name, and once its migration is known', async () => {
    const after = manifestWith({ ...posts, fields: ['note:string'] });
    const renames = { fields: { posts: { title: 'note' } } };
    const up = sql('alter table posts add column note jsonb');
    expect(await refusal(up, after, renames)).toEqual(columnTaken);
    const texts = apply(project, (await plan(project)).changes);
    const known = { posts: ['20260131120000_create_posts', '20270101000000_own'] };
    const own = { ...texts, [ownPath]: migration(up) };
    const before = manifestWith(posts);
    await expect(plan(own, { before, lineage: known, after: noted })).rejects.toThrow(UserError);
  });
});

describe('in Python', () => {
  const revision = (up: string) =>
    `revision = "a"\n\n\ndef upgrade() -> None:\n    ${up}\n\n\ndef downgrade() -> None:\n    op.drop_table("tags")\n`;

  it.each<[string, string[]]>([
    ['op.create_table("tags", sa.Column("id", sa.Uuid()))', ['create table tags ()']],
    ['op.rename_table("labels", "tags")', ['alter table labels rename to tags']],
    [
      'op.add_column(\n        "posts", sa.Column("note", sa.Text()))',
      ['alter table posts add column note'],
    ],
    [
      'op.alter_column("posts", "title",\n        existing_type=sa.String(), new_column_name="note")',
      ['alter table posts rename column title to note'],
    ],
    [
      'op.execute("alter table posts "\n        "add column note text")',
      ['alter table posts add column note text'],
    ],
    ['op.execute(sa.text("drop table tags"))', ['drop table tags']],
    [
      'with op.batch_alter_table("posts") as batch:\n        batch.add_column(sa.Column("note", sa.Text()))\n        batch.drop_column("a")',
      ['alter table posts add column note', 'alter table posts drop column a'],
    ],
    [
      'op.drop_column("posts", "note")\n    execute("alter table posts add column note text")',
      ['alter table posts drop column note', 'alter table posts add column note text'],
    ],
  ])('%s', (up, statements) => {
    expect(fastapi.statementsOf(revision(up))).toEqual(statements);
  });
});

describe('a migration of one’s own', () => {
  const files = filesOf({ ...project, 'src/db/migrations/20990101000000_add_stock.ts': '' });

  it.each(['fillSlugs', 'Fill slugs', 'fill-slugs', 'FILL_SLUGS'])('%s', async (typed) => {
    const { changes } = planMigration(typed, express, files, new Date('2026-01-31T12:00:00Z'));
    expect(changes.map(({ path }) => path)).toEqual([
      'src/db/migrations/20990101000001_fill_slugs.ts',
    ]);
  });

  it.each<[string, string, string]>([
    ['addStock', '20990101000000_add_stock.ts', 'gen migration add_stock_2'],
    ['', '"" cannot be the name', 'gen migration add_stock_to_products'],
    ['2nd', '"2nd" cannot be the name', 'gen migration add_stock_to_products'],
    ['../etc', '"../etc" cannot be', 'gen migration add_stock_to_products'],
    ['größe', '"größe" cannot be', 'gen migration add_stock_to_products'],
    [`a${'b'.repeat(60)}`, 'The name has 61 characters.', 'gen migration add_stock_to_products'],
  ])('is refused as %s', async (typed, found, command) => {
    const ask = () => planMigration(typed, express, files, new Date());
    expect(ask).toThrow(found);
    expect(ask).toThrow(expect.objectContaining({ command }));
  });
});
