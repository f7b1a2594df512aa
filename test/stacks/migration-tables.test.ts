import { expect, it } from 'vitest';
import { tablesOf } from '../../src/stacks/typescript/migrations.ts';

const up = (body: string) => `export async function up(db: Kysely<unknown>): Promise<void> {
  ${body}
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql\`drop table others\`.execute(db);
}
`;

it.each([
  ['create table posts (id uuid primary key)', ['posts'], ['posts'], []],
  ['create table if not exists "order" (id uuid)', ['order'], ['order'], []],
  ['create table posts (a uuid references users (id) on delete cascade)', ['posts'], ['posts'], []],
  ['alter table only posts add title text', ['posts'], [], []],
  ['alter table entries rename to posts', ['entries', 'posts'], ['posts'], []],
  ['alter table posts rename column title to tags', ['posts'], [], []],
  ['drop table if exists posts', ['posts'], [], ['posts']],
  ['create index posts_title_index on posts (title, id)', ['posts'], [], []],
  ['insert into posts select * from entries', ['posts', 'entries'], [], []],
  ['update posts set title = 1; delete from tags', ['posts', 'tags'], [], []],
])('reads which tables `%s` is about', (statement, named, created, dropped) => {
  const found = tablesOf(up(`await sql\`${statement}\`.execute(db);`));
  expect([...found.named].sort()).toEqual(named.sort());
  expect([...found.created]).toEqual(created);
  expect([...found.dropped]).toEqual(dropped);
});

it.each([
  [`await db.schema.createTable('posts').addColumn('id', 'uuid').execute();`, ['posts'], []],
  [`await db.schema.dropTable('posts').execute();`, [], ['posts']],
  [`await db.schema.alterTable('posts').addColumn('x', 'text').execute();`, [], []],
  [`await db.schema.createIndex('i').on('posts').column('x').execute();`, [], []],
  [`await db\n    .updateTable('posts')\n    .set({ x: 1 })\n    .execute();`, [], []],
])('reads `%s`', (statement, created, dropped) => {
  const found = tablesOf(up(statement));
  expect(found.named).toContain('posts');
  expect([...found.created]).toEqual(created);
  expect([...found.dropped]).toEqual(dropped);
});

it('reads the way up where the way down stands first', () => {
  const parts = up(`await sql\`create table posts (id uuid)\`.execute(db);`).split(/^(?=export )/m);
  expect([...tablesOf(parts.toReversed().join('\n')).created]).toEqual(['posts']);
});
