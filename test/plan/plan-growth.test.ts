import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import type { UserError } from '../../src/manifest/errors.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { accountsManifest, emptyManifest, manifestWith } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, plan, project, projectOf } from './virtual.ts';

const file = (endpoint: string, kind: string) => `src/modules/${endpoint}/${endpoint}.${kind}.ts`;
const migrations = (texts: Texts) =>
  Object.keys(texts).filter((path) => /migrations\/2026/.test(path));

/** A project in which these endpoints were made, one after another. */
async function grown(...requests: Parameters<typeof manifestWith>): Promise<Grown> {
  let texts = project;
  let manifest = emptyManifest;
  for (const at of requests.keys()) {
    const after = manifestWith(...requests.slice(0, at + 1));
    texts = apply(texts, (await plan(texts, { before: manifest, after })).changes);
    manifest = after;
  }
  return { texts, manifest };
}
type Grown = { texts: Texts; manifest: Manifest };

const people = { name: 'people', fields: ['name'] };
const posts = { name: 'posts', fields: ['title:string', 'note:text:optional'] };

describe('a field more', () => {
  const after = manifestWith({
    ...posts,
    fields: [...posts.fields, 'rank:integer:default=0:sort'],
  });

  it('is in the table, the code and the tests, and in a migration of its own', async () => {
    const { texts, manifest } = await grown(posts);
    const { changes, notices } = await plan(texts, { before: manifest, after });
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'update backend.json',
      'update backend.lock.json',
      'create src/db/migrations/20260131120001_add_rank_to_posts.ts',
      ...['fixtures', 'repository', 'schema', 'table', 'test'].map(
        (kind) => `update ${file('posts', kind)}`,
      ),
      'update README.md',
    ]);
    expect(notices).toEqual([]);
    expect(apply(texts, changes)[file('posts', 'table')]).toContain('rank: Generated<number>;');
  });

  it('comes into files that people have edited', async () => {
    const { texts, manifest } = await grown(posts);
    const path = file('posts', 'table');
    const edited = {
      ...texts,
      [path]: texts[path]?.replace('title: string;', '$& // shown') ?? '',
    };
    const { changes } = await plan(edited, { before: manifest, after });
    const table = apply(edited, changes)[path];
    expect(table).toContain('title: string; // shown\n');
    expect(table).toContain('rank: Generated<number>;');
  });

  it('is a conflict where the same lines were edited otherwise', async () => {
    const { texts, manifest } = await grown(posts);
    const path = file('posts', 'repository');
    const edited = {
      ...texts,
      [path]: texts[path]?.replace("'title'", "'title as heading'") ?? '',
    };
    const renamed = manifestWith({ ...posts, fields: ['headline:string', 'note:text:optional'] });
    const { notices } = await plan(edited, {
      before: manifest,
      after: renamed,
      renames: { fields: { posts: { title: 'headline' } } },
    });
    expect(notices.filter(({ kind }) => kind === 'conflict')).toMatchObject([
      { path, yours: edited[path], snippet: expect.stringContaining('<<<<<<< yours') },
    ]);
  });
});

describe('a field less', () => {
  const after = manifestWith({ ...posts, fields: ['title:string'] });
  const change = { after, command: 'gen field remove posts note' };

  it('is refused, since its data is lost, and force does it', async () => {
    const { texts, manifest } = await grown(posts);
    const refused = plan(texts, { ...change, before: manifest });
    await expect(refused).rejects.toMatchObject({
      problems: [{ found: '`posts.note` is removed with all its data.' }],
      command: 'gen field remove posts note --force',
    } satisfies Partial<Record<keyof UserError, unknown>>);
    const { changes } = await plan(texts, { ...change, before: manifest, force: true });
    expect(apply(texts, changes)[file('posts', 'table')]).not.toContain('note');
  });
});

describe('a field with another name', () => {
  it.each<[string, string, string]>([
    ['title:string', 'headline:string', 'headline:string:optional'],
    ['title:string:optional', 'headline:string:optional', 'headline:string:optional'],
    ['title:integer:default=0', 'headline:integer:default=0', 'headline:integer:default=0'],
  ])('breaks old processes, and how to do without is told: %s', async (from, to, added) => {
    const before = manifestWith({ ...posts, fields: [from] });
    const after = manifestWith({ ...posts, fields: [to] });
    const { texts } = await grown({ ...posts, fields: [from] });
    const renames = { fields: { posts: { title: 'headline' } } };
    const { notices } = await plan(texts, { before, after, renames });
    expect(notices).toEqual([
      {
        kind: 'warning',
        path: 'src/db/migrations/20260131120001_rename_title_to_headline_in_posts.ts',
        message: `Processes that still run the old code answer 500 after this migration, until they are replaced. To avoid that, take two steps: \`gen field add posts ${added}\`, fill it, and write to both; after all processes are replaced, \`gen field remove posts title --force\`.`,
      },
    ]);
  });
});

describe('an endpoint less', () => {
  const dropped = 'The table `posts` is dropped with all its rows.';
  const breaks =
    'Processes that still run the old code answer 500 after this migration, until they are replaced.';

  it('is refused, since its table is lost, and names it', async () => {
    const { texts, manifest } = await grown(people, posts);
    const after = manifestWith(people);
    const refused = plan(texts, { before: manifest, after, command: 'gen apply' });
    await expect(refused).rejects.toMatchObject({
      problems: [{ found: dropped, expected: 'Expected --force for a change that loses data.' }],
      command: 'gen apply --force',
    } satisfies Partial<Record<keyof UserError, unknown>>);
  });

  it('goes with its wiring, and a new migration drops its table', async () => {
    const { texts, manifest } = await grown(people, posts);
    const after = manifestWith(people);
    const { changes, notices } = await plan(texts, { before: manifest, after, force: true });
    const left = apply(texts, changes);
    expect(Object.keys(left).filter((path) => path.includes('modules/posts'))).toEqual([]);
    expect(left['src/routes.ts']).not.toContain('posts');
    expect(left['src/db/tables.ts']).not.toContain('posts');
    expect(migrations(left).map((path) => path.replace(/.*\d{14}_/, ''))).toEqual([
      'create_people.ts',
      'create_posts.ts',
      'drop_posts.ts',
    ]);
    const path = migrations(left).at(-1);
    expect(notices).toEqual(
      [dropped, breaks].map((message) => ({ kind: 'warning', path, message })),
    );
    const bare = (await grown(people)).texts;
    expect(left['src/routes.ts']).toBe(bare['src/routes.ts']);
    expect(left['src/db/tables.ts']).toBe(bare['src/db/tables.ts']);
  });

  it('leaves the files that people have edited, and names them', async () => {
    const { texts, manifest } = await grown(posts);
    const path = file('posts', 'service');
    const edited = { ...texts, [path]: `${texts[path]}// mine\n` };
    const change = { before: manifest, after: emptyManifest, force: true };
    const { changes, notices } = await plan(edited, change);
    expect(apply(edited, changes)[path]).toBe(edited[path]);
    expect(notices).toMatchObject([
      { kind: 'warning', message: dropped },
      { kind: 'warning', message: breaks },
      { kind: 'kept', path },
    ]);
  });
});

describe('several changes at once', () => {
  it('makes tables before what refers to them, and drops them after', async () => {
    const pair = manifestWith(people, { name: 'posts', fields: ['author:ref:people'] });
    const { people: first, posts: second } = pair.endpoints;
    if (!first || !second) throw new Error('both were asked for');
    const backwards = { ...pair, endpoints: { posts: second, people: first } };
    const made = await plan(project, { after: backwards });
    const texts = apply(project, made.changes);
    const names = (all: Texts) => migrations(all).map((path) => path.replace(/.*\d{14}_/, ''));
    expect(names(texts)).toEqual(['create_people.ts', 'create_posts.ts']);
    const gone = await plan(texts, { before: backwards, after: emptyManifest, force: true });
    expect(names(apply(texts, gone.changes)).slice(2)).toEqual(['drop_posts.ts', 'drop_people.ts']);
  });

  it('makes tables that refer to each other, the references last', async () => {
    const pair = manifestWith(people, { name: 'posts', fields: ['author:ref:people'] });
    const { people: first, posts: second } = pair.endpoints;
    if (!first || !second) throw new Error('both were asked for');
    const best = { type: 'ref' as const, to: 'posts', optional: true as const };
    const ring = { ...first, fields: { ...first.fields, best } };
    const after = { ...pair, endpoints: { people: ring, posts: second } };
    const { changes } = await plan(project, { after });
    const made = changes.filter(({ path }) => /migrations\/2026/.test(path));
    expect(made.map(({ path }) => path.replace(/.*\d{14}_/, ''))).toEqual([
      'create_people.ts',
      'create_posts.ts',
      'add_best_id_to_people.ts',
    ]);
  });

  it('renders the project again where its answers changed', async () => {
    const { texts, manifest } = await grown(posts);
    const after = withAccounts({ ...manifest, auth: 'jwt' });
    const { changes, notices } = await plan(texts, { before: manifest, after });
    const next = apply(texts, changes);
    const fresh = projectOf(accountsManifest);
    for (const path of Object.keys(fresh)) expect(Object.keys(next)).toContain(path);
    expect(next['.env']).toContain('secret');
    expect(next['src/routes.ts']).toContain('postsRoutes(deps)');
    expect(notices.filter(({ kind }) => kind === 'conflict' || kind === 'manual')).toEqual([]);
  });
});
