import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import type { Notice } from '../../src/manifest/change.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { parseLock } from '../../src/manifest/lock.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import { renderAll } from '../../src/plan/render-all.ts';
import { conflictsOf, settle } from '../../src/plan/settle.ts';
import { express } from '../../src/stacks/express/express.ts';
import type { Stack } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, plan, projectOf } from './virtual.ts';

const rename = { from: 'tags', to: 'labels' };
const migrations = 'src/db/migrations/2026';
const file = (endpoint: string, kind: string) => `src/modules/${endpoint}/${endpoint}.${kind}.ts`;

/** A project with these endpoints, made at once. */
async function made(before: Manifest): Promise<Texts> {
  const empty = withAccounts({ ...before, endpoints: {} });
  const texts = projectOf(empty);
  return apply(texts, (await plan(texts, { before: empty, after: before })).changes);
}

const change = (before: Manifest) => ({
  before,
  after: moveEndpoint(before, rename),
  renames: { endpoint: rename },
  command: 'gen endpoint rename tags labels',
});

const tags = { name: 'tags', fields: ['name:string:unique', 'rank:integer:sort:default=0'] };
const around = manifestWith(
  { name: 'authors', fields: ['name'] },
  { ...tags, fields: [...tags.fields, 'parent:ref:tags:optional', 'author:ref:authors'] },
  { name: 'posts', fields: ['title', 'tag:ref:tags'], under: 'tags' },
  { name: 'comments', fields: ['body:text', 'post:ref:posts', 'tag:ref:tags:optional'] },
);

const manifests: [string, Manifest][] = [
  ['alone', manifestWith(tags)],
  ['with numbered pages', manifestWith({ ...tags, pagination: 'offset' })],
  ['that others refer to, stand under and refer to through others', around],
  ['with accounts', withAccounts({ ...around, auth: 'jwt' })],
];

/** Endpoints are wired one after another: in which order is told by nothing. */
const sorted = (text = '') => text.split('\n').sort();

describe('an endpoint with another name', () => {
  it.each(manifests)(
    'is what it would be if it was called so from the start: %s',
    async (_, before) => {
      const texts = await made(before);
      const { changes, notices } = await plan(texts, change(before));
      expect(notices.filter(({ kind }) => kind !== 'warning')).toEqual([]);
      const { 'backend.lock.json': _lock, ...left } = apply(texts, changes);
      const after = moveEndpoint(before, rename);
      const rendered = await renderAll(express, after, '1.0.0');
      const expected = Object.fromEntries(rendered.map(({ path, content }) => [path, content]));
      for (const path of Object.keys(left)) {
        if (path === 'backend.json' || path.startsWith('src/db/migrations/')) continue;
        expect({ path, text: sorted(left[path]) }).toEqual({ path, text: sorted(expected[path]) });
      }
      expect(Object.keys(left).filter((path) => path.includes('tags/'))).toEqual([]);
    },
  );
});

describe('the edits of a person in its files', () => {
  const alone = manifestWith(tags);
  const service = file('tags', 'service');

  /** The plan where one file was edited. */
  async function edited(path: string, edit: (text: string) => string) {
    const texts = await made(alone);
    const before = texts[path] ?? '';
    const yours = edit(before);
    expect(yours).not.toBe(before);
    const mine = { ...texts, [path]: yours };
    const outcome = await plan(mine, change(alone));
    return { ...outcome, left: apply(mine, outcome.changes), mine };
  }
  const isUnsettled = ({ kind }: Notice) => kind === 'conflict' || kind === 'manual';

  it('come along: lines added, a comment behind one, and lines taken out', async () => {
    const path = file('tags', 'test');
    const blocks = (text: string) => [...text.matchAll(/\n {2}it\('[\s\S]*?\n {2}\}\);\n/g)];
    const { notices, left } = await edited(path, (text) => {
      const last = blocks(text).at(-1)?.[0] ?? '';
      return text.replace(last, '').replace(/^(describe.*)$/m, '$1 // mine\n  const own = 1;');
    });
    expect(notices.filter(isUnsettled)).toEqual([]);
    expect(left[path]).toBeUndefined();
    const moved = left[file('labels', 'test')] ?? '';
    expect(moved).toMatch(/^describe\('create'.* \/\/ mine\n {2}const own = 1;$/m);
    const whole = apply(await made(alone), (await plan(await made(alone), change(alone))).changes);
    expect(blocks(moved)).toHaveLength(blocks(whole[file('labels', 'test')] ?? '').length - 1);
    expect(moved).not.toMatch(/tags/i);
  });

  it('come along in a line that has the name itself', async () => {
    const { notices, left } = await edited(service, (text) =>
      text.replace('list(query: ListTagsQuery)', 'list(query: ListTagsQuery, most = 9)'),
    );
    expect(notices.filter(isUnsettled)).toEqual([]);
    expect(left[file('labels', 'service')]).toContain('list(query: ListLabelsQuery, most = 9)');
  });

  it('are a conflict where more than the name changes, which is settled at the new path', async () => {
    const texts = await made(alone);
    const yours = (texts[service] ?? '').replace("throw notFound('tag')", "throw gone('tag')");
    const mine = { ...texts, [service]: yours };
    // A template of one's own that says something else of this name.
    const renderEndpoint: Stack['renderEndpoint'] = (manifest, plural) =>
      express.renderEndpoint(manifest, plural).map(({ path, content }) => ({
        path,
        content: content.replace("throw notFound('label')", "throw missing('label')"),
      }));
    const outcome = await plan(mine, { ...change(alone), stack: { ...express, renderEndpoint } });
    const path = file('labels', 'service');
    const [conflict] = conflictsOf(outcome);
    expect(conflict).toMatchObject({ path, move: { from: service, before: yours } });
    for (const [kind, text] of [
      ['yours', "throw gone('tag')"],
      ['generated', "throw missing('label')"],
      ['markers', '<<<<<<< yours'],
    ] as const) {
      const left = apply(mine, settle(outcome, () => ({ kind })).changes);
      expect(left[service]).toBeUndefined();
      expect(left[path]).toContain(text);
      expect(left[path]).toContain('createLabelsService');
    }
  });

  it('come along in files of their own beside the generated ones', async () => {
    const texts = await made(alone);
    const own = { 'src/modules/tags/words.ts': 'a', 'src/modules/tags/deep/more.ts': 'b' };
    const { changes } = await plan({ ...texts, ...own }, change(alone));
    const left = apply({ ...texts, ...own }, changes);
    expect(Object.keys(left).filter((path) => path.startsWith('src/modules/tags'))).toEqual([]);
    expect(left).toMatchObject({
      'src/modules/labels/words.ts': 'a',
      'src/modules/labels/deep/more.ts': 'b',
    });
  });

  it('stay what they are: a file that was deleted, and a route that was taken out', async () => {
    const texts = await made(alone);
    const { [service]: _gone, ...rest } = texts;
    const routes = 'src/routes.ts';
    const without = (texts[routes] ?? '').replace(/^.*tagsRoutes.*\n/gm, '');
    const mine = { ...rest, [routes]: without };
    const { changes, notices } = await plan(mine, change(alone));
    const left = apply(mine, changes);
    expect(left[file('labels', 'service')]).toBeUndefined();
    expect(left[routes]).toBe(without);
    expect(notices).toEqual(
      expect.arrayContaining([
        { kind: 'kept', path: service, message: 'you deleted it, so it is not created again' },
        {
          kind: 'kept',
          path: routes,
          message: 'it does not contain labelsRoutes, and is not changed',
        },
      ]),
    );
  });

  it('are never overwritten by what moves: a file in the way is refused', async () => {
    const path = file('labels', 'service');
    const texts = { ...(await made(alone)), [path]: '// mine\n' };
    await expect(plan(texts, change(alone))).rejects.toThrow(`${path} exists already.`);
    const { changes } = await plan(texts, { ...change(alone), force: true });
    expect(apply(texts, changes)[path]).toContain('createLabelsService');
  });
});

describe('its migration', () => {
  it('renames the table with all that is named after it, and no other table', async () => {
    const { changes } = await plan(await made(around), change(around));
    const added = changes.filter(({ path }) => path.startsWith(migrations));
    expect(added.map(({ path }) => path.replace(/.*\d{14}_/, ''))).toEqual([
      'rename_tags_to_labels.ts',
    ]);
    const [migration] = added;
    const text = migration?.kind === 'create' ? String(migration.content) : '';
    expect(text.slice(0, text.indexOf('export async function down'))).toMatchInlineSnapshot(`
      "import { type Kysely, sql } from 'kysely';

      export async function up(db: Kysely<unknown>): Promise<void> {
        await sql\`alter table tags rename to labels\`.execute(db);
        await sql\`alter table labels rename constraint tags_pkey to labels_pkey\`.execute(db);
        await sql\`
          alter table labels rename constraint tags_name_unique to labels_name_unique
        \`.execute(db);
        await sql\`alter index tags_rank_index rename to labels_rank_index\`.execute(db);
        await sql\`
          alter table labels rename constraint tags_parent_id_foreign to labels_parent_id_foreign
        \`.execute(db);
        await sql\`alter index tags_parent_id_index rename to labels_parent_id_index\`.execute(db);
        await sql\`
          alter table labels rename constraint tags_author_id_foreign to labels_author_id_foreign
        \`.execute(db);
        await sql\`alter index tags_author_id_index rename to labels_author_id_index\`.execute(db);
      }

      "
    `);
  });

  it('breaks old processes, and how to do without is told', async () => {
    const before = manifestWith(tags);
    const { notices } = await plan(await made(before), change(before));
    expect(notices).toEqual([
      {
        kind: 'warning',
        path: expect.stringContaining('_rename_tags_to_labels.ts'),
        message:
          'Processes that still run the old code answer 500 after this migration, until they are replaced. To avoid that, take two steps: add `labels` with `gen endpoint`, copy the rows, and write to both; after all processes are replaced, `gen remove endpoint tags --force`.',
      },
    ]);
  });

  it('is followed by one for what else changes of the table', async () => {
    const before = manifestWith(tags);
    const after = manifestWith({
      ...tags,
      name: 'labels',
      fields: [...tags.fields, 'note:text:optional'],
    });
    const { changes } = await plan(await made(before), { ...change(before), after });
    const added = changes.filter(({ path }) => path.startsWith(migrations));
    expect(added.map(({ path }) => path.replace(/.*\d{14}_/, ''))).toEqual([
      'rename_tags_to_labels.ts',
      'add_note_to_labels.ts',
    ]);
  });
});

describe('a backend.json in which the name was changed by hand', () => {
  const before = manifestWith(tags, { name: 'posts', fields: ['title', 'tag:ref:tags'] });
  const after = moveEndpoint(before, rename);

  it('is refused by gen apply, which names the table and the command that keeps its rows', async () => {
    const refused = plan(await made(before), { before, after, command: 'gen apply' });
    await expect(refused).rejects.toMatchObject({
      problems: [
        {
          found: 'The table `tags` is dropped with all its rows.',
          expected: 'A rename to `labels` keeps the rows; --force drops them.',
        },
        { found: expect.stringContaining('`posts.tagId` cannot be converted') },
      ],
      command: 'gen endpoint rename tags labels',
    });
  });

  it('has no successor in an endpoint that shares less than half of the fields', async () => {
    const other = manifestWith({
      name: 'places',
      fields: ['street', 'rank:integer:sort:default=0'],
    });
    const alone = manifestWith({ ...tags, fields: ['name:string:unique', 'note', 'memo'] });
    const refused = plan(await made(alone), { before: alone, after: other, command: 'gen apply' });
    await expect(refused).rejects.toMatchObject({ command: 'gen apply --force' });
  });

  it('keeps what else it says: the rename alone is applied', async () => {
    const texts = await made(before);
    const more = manifestWith(
      { ...tags, name: 'labels' },
      { name: 'posts', fields: ['title', 'tag:ref:labels', 'body:text'] },
    );
    const edited = { ...texts, 'backend.json': formatManifest(more) };
    const { changes } = await plan(edited, change(before));
    const left = apply(edited, changes);
    expect(left['backend.json']).toBe(edited['backend.json']);
    expect(parseLock(left['backend.lock.json'] ?? '', before, stacks).sides[0].manifest).toEqual(
      after,
    );
  });
});
