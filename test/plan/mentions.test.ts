import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/manifest/change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import { manifestWith } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, plan, projectOf } from './virtual.ts';

const tags = { name: 'tags', fields: ['name', 'rank:integer:filter:default=0'] };
const posts = { name: 'posts', fields: ['title:string', 'author:ref:people', 'tag:ref:tags'] };
const people = { name: 'people', fields: ['name'] };
const before = manifestWith(people, tags, posts);
const service = 'src/modules/posts/posts.service.ts';

async function made(before: Manifest): Promise<Texts> {
  const empty = { ...before, endpoints: {} };
  const texts = projectOf(empty);
  return apply(texts, (await plan(texts, { before: empty, after: before })).changes);
}

const mentions = (notices: Notice[]) =>
  notices.flatMap((notice) =>
    notice.kind === 'mention' ? [`${notice.path}:${notice.line} ${notice.message}`] : [],
  );

/** Files of a person that name things, and others that do not mean them. */
const own: Texts = {
  'src/report.ts': [
    "import { createTagsService } from './modules/tags/tags.service.ts';",
    '',
    '// The title of each of the posts.',
    'export const titleOf = (post: { title: string }) => post.title;',
    "export const byAuthor = (db: Db) => db.selectFrom('posts').select('author_id');",
    "export const ranks = (db: Db) => db.selectFrom('tags').select('rank');",
    '',
  ].join('\n'),
  'src/subtitles.ts': 'export const title = "of a film";\n',
  'docs/notes.md': 'Posts have an `authorId`.\n',
};

type Case = [what: string, change: Parameters<typeof plan>[1], expected: string[]];
const without = (fields: string[]) => manifestWith(people, tags, { ...posts, fields });
const headline = ['headline:string', 'author:ref:people', 'tag:ref:tags'];
const renamed = { endpoint: { from: 'tags', to: 'labels' } };

const cases: Case[] = [
  [
    'a field with another name',
    { after: without(headline), renames: { fields: { posts: { title: 'headline' } } } },
    [
      'src/report.ts:3 still uses `title`: // The title of each of the posts.',
      'src/report.ts:4 still uses `title`: export const titleOf = (post: { title: string }) => post.title;',
    ],
  ],
  [
    'a field that is removed, also by its column and its name in JSON',
    { after: without(['title:string', 'tag:ref:tags']), force: true },
    [
      'docs/notes.md:1 still uses `author`: Posts have an `authorId`.',
      "src/report.ts:5 still uses `author`: export const byAuthor = (db: Db) => db.selectFrom('posts').select('author_id');",
    ],
  ],
  [
    'an endpoint with another name',
    { after: moveEndpoint(before, renamed.endpoint), renames: renamed },
    [
      "src/report.ts:1 still uses `tags`: import { createTagsService } from './modules/tags/tags.service.ts';",
      "src/report.ts:6 still uses `tags`: export const ranks = (db: Db) => db.selectFrom('tags').select('rank');",
    ],
  ],
  [
    'an endpoint that is removed',
    {
      before: manifestWith(people, tags),
      after: manifestWith(people),
      force: true,
    },
    [
      "src/report.ts:1 still uses `tags`: import { createTagsService } from './modules/tags/tags.service.ts';",
      "src/report.ts:6 still uses `tags`: export const ranks = (db: Db) => db.selectFrom('tags').select('rank');",
    ],
  ],
  ['a field more', { after: without([...posts.fields, 'note:text:optional']) }, []],
  [
    'a field that becomes another',
    { after: without(['title:text', 'author:ref:people', 'tag:ref:tags']), force: true },
    [],
  ],
];

describe('the lines of a person that name what is gone', () => {
  it.each(cases)('are told with file and line: %s', async (_, change, expected) => {
    const start = change?.before ?? before;
    const texts = { ...(await made(start)), ...own };
    const { notices } = await plan(texts, { ...change, before: start });
    expect(mentions(notices)).toEqual(expected);
  });

  it('are told in generated files that they stand in, and generated lines are not', async () => {
    const texts = await made(before);
    const text = (texts[service] ?? '').replace(
      '  return {\n',
      '  return {\n    loud: (row: PostRow) => row.title.toUpperCase(),\n',
    );
    const change = {
      after: without(headline),
      renames: { fields: { posts: { title: 'headline' } } },
    };
    const { notices, changes } = await plan({ ...texts, [service]: text }, { before, ...change });
    const at = text.split('\n').findIndex((line) => line.includes('loud')) + 1;
    expect(mentions(notices)).toEqual([
      `${service}:${at} still uses \`title\`: loud: (row: PostRow) => row.title.toUpperCase(),`,
    ]);
    expect(changes.length).toBeGreaterThan(5);
  });

  it('are told where the file is from then on', async () => {
    const path = 'src/modules/tags/tags.service.ts';
    const texts = await made(before);
    const text = `${texts[path]}\nexport const all = createTagsService;\n`;
    const { after, renames } = { after: moveEndpoint(before, renamed.endpoint), renames: renamed };
    const { notices } = await plan({ ...texts, [path]: text }, { before, after, renames });
    expect(mentions(notices)).toEqual([
      expect.stringMatching(
        /^src\/modules\/labels\/labels\.service\.ts:\d+ still uses `tags`: export/,
      ),
    ]);
  });
});
