import { expect, it } from 'vitest';
import { findDangling } from '../../src/plan/dangling.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest } from '../stacks/manifests.ts';
import { filesOf, project } from './virtual.ts';

const services = 'src/services.ts';
const text = project[services] ?? '';
const line = text.replace(
  '  return {\n',
  '  return {\n    blogPosts: createBlogPostsService(db),\n',
);
const migration = { 'src/db/migrations/20260101000000_create_blog_posts.ts': '' };
const renamed = { 'src/db/migrations/20260101000000_rename_notes_to_blog_posts.ts': '' };

it.each<[what: string, texts: Record<string, string>, expected: string[]]>([
  ['a line that git brought back', { [services]: line, ...migration }, ['createBlogPostsService']],
  [
    'one of an endpoint renamed twice',
    { [services]: line, ...renamed },
    ['createBlogPostsService'],
  ],
  [
    'not a line whose name is declared: a person wrote it',
    { [services]: `import { createBlogPostsService } from './mine.ts';\n${line}`, ...migration },
    [],
  ],
  ['not a line of what never was an endpoint', { [services]: line }, []],
  ['nothing where nothing is', { [services]: text, ...migration }, []],
])('finds %s', async (_, texts, expected) => {
  const files = filesOf({ ...project, ...texts });
  const found = await findDangling({ after: emptyManifest, stack: express, files });
  expect(found.map(({ name }) => name)).toEqual(expected);
});
