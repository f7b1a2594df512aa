import { describe, expect, it } from 'vitest';
import { express } from '../../../src/stacks/express/express.ts';
import { fastapi } from '../../../src/stacks/fastapi/fastapi.ts';
import type { Stack } from '../../../src/stacks/stack.ts';
import { emptyManifest, everything, manifestWith } from '../manifests.ts';

const at = '20260131120000';
const all = manifestWith(...everything);

const migration = (...lines: string[]) =>
  `revision = "a"\n\n\ndef upgrade() -> None:\n${lines.map((line) => `    ${line}\n`).join('')}\n\ndef downgrade() -> None:\n    execute("drop table others")\n`;

describe('a migration says the same on every stack', () => {
  it.each(Object.keys(all.endpoints))('%s', (plural) => {
    const ways: ((stack: Stack) => { content: string; path: string })[] = [
      (stack) => stack.renderCreation(all, plural, at),
      (stack) => stack.renderRemoval(all, plural, at),
    ];
    for (const way of ways) {
      const [one, other] = [way(express), way(fastapi)];
      expect(fastapi.statementsOf(other.content)).toEqual(express.statementsOf(one.content));
      expect(fastapi.tablesOf(other.content)).toEqual(express.tablesOf(one.content));
      const name = (path: string) => path.replace(/^.*\//, '').replace(/\.\w+$/, '');
      expect(name(other.path)).toBe(name(one.path));
      expect(other.content).toContain(`revision = "${name(other.path)}"`);
    }
  });

  it('with every sign that code means something by', () => {
    const posts = (fields: string[]) =>
      manifestWith({ name: 'posts', fields: ['title', ...fields] });
    const fields = ['odd:text:default=a"b\'c\\d`${e}%s"""g'];
    const change = {
      before: posts([]),
      after: posts(fields),
      plural: 'posts',
      renames: new Map(),
      timestamp: at,
    };
    const [one, other] = [express, fastapi].map(
      (stack) => stack.renderAlteration(change)?.content ?? '',
    );
    const bare = (statements: string[]) => statements.map((each) => each.replace(/\\(.)/g, '$1'));
    expect(bare(fastapi.statementsOf(other ?? ''))).toEqual(bare(express.statementsOf(one ?? '')));
  });
});

describe('what a person wrote into a migration', () => {
  it.each<[string, string[], string[], string[]]>([
    ['execute("create table posts (id uuid)")', ['posts'], ['posts'], []],
    ["op.execute('''alter table posts add note text''')", ['posts'], [], []],
    ['op.create_table("posts", sa.Column("id", sa.Uuid))', ['posts'], ['posts'], []],
    ['op.drop_table("posts")', ['posts'], [], ['posts']],
    ["op.add_column('posts', sa.Column('note', sa.Text))", ['posts'], [], []],
  ])('%s', (line, named, created, dropped) => {
    const found = fastapi.tablesOf(migration(line));
    expect([...found.named]).toEqual(named);
    expect([...found.created]).toEqual(created);
    expect([...found.dropped]).toEqual(dropped);
  });

  it.each<[string, boolean]>([
    ['execute("alter table posts add column note text")', true],
    ['execute("alter table posts add column other text")', false],
    ['op.add_column("posts", sa.Column("note", sa.Text))', true],
    ['op.alter_column("posts", "note", nullable=False)', true],
    ['op.drop_column("tags", "note")', false],
  ])('%s: of posts.note is %s', (line, touches) => {
    expect(fastapi.touchesColumn(migration(line), 'posts', 'note')).toBe(touches);
  });
});

describe('the parts of a project', () => {
  it('are taken back by the statements of their migrations, the last first', () => {
    const manifest = {
      ...emptyManifest,
      stack: 'fastapi',
      packageManager: 'uv',
      auth: 'jwt' as const,
    };
    const accounts = fastapi.partsOf(manifest).find(({ name }) => name === 'accounts');
    if (!accounts) throw new Error('there are no accounts');
    const { content } = fastapi.renderDeparture(accounts, at);
    expect(fastapi.statementsOf(content).at(-1)).toBe('drop table users');
    expect([...fastapi.tablesOf(content).dropped]).toContain('auth_sessions');
  });
});
