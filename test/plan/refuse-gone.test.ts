import { describe, expect, it } from 'vitest';
import { refuseGone } from '../../src/plan/refuse-gone.ts';
import { express } from '../../src/stacks/express/express.ts';
import { refusal } from '../manifest/refusal.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';
import { filesOf, project, type Texts } from './virtual.ts';

const before = manifestWith(
  { name: 'blog-posts', fields: ['title'] },
  { name: 'tags', fields: ['name'] },
);
const after = manifestWith(
  { name: 'blog-posts', fields: ['title', 'note'] },
  { name: 'tags', fields: ['name'] },
);
const without = manifestWith({ name: 'tags', fields: ['name'] });
const rendered = express.renderEndpoint(before, 'blogPosts');
const place = (path: string) => path;

/** The project with the files of the endpoint where `at` puts them; nowhere, where it says so. */
function withFiles(at: (path: string) => string | undefined): Texts {
  const files = rendered.flatMap(({ path, content }) => {
    const there = at(path);
    return there === undefined ? [] : [[there, content]];
  });
  return { ...project, ...Object.fromEntries(files) };
}

const check = (texts: Texts, next = after) =>
  refuseGone({ before, after: next, stack: express, files: filesOf(texts) });
const moved = (path: string) => path.replace('src/modules/blog-posts', 'src/domain/articles');

describe('an endpoint whose files are gone', () => {
  it('is refused a change, with where they went', () => {
    const { message, command } = refusal(() => check(withFiles(moved)));
    expect(message).toBe(
      'src/modules/blog-posts has no file of `blogPosts` any more. They seem to be in src/domain/articles now. ' +
        'Expected them in that folder: gen can change them only there.',
    );
    expect(command).toBe('git mv src/domain/articles src/modules/blog-posts');
  });

  it.each([
    ['nowhere', () => undefined],
    [
      'in folders each of its own',
      (path: string) => `src/${path.length}/${path.split('/').at(-1)}`,
    ],
  ])('is refused a change where they are %s', (_, at) => {
    const { message, command } = refusal(() => check(withFiles(at)));
    expect(message).toMatch(/^src\/modules\/blog-posts has no file of `blogPosts` any more\. Exp/);
    expect(command).toBe('git log --stat -- src/modules/blog-posts');
  });

  it('is not removed while they are somewhere else: they would be left without their table', () => {
    expect(refusal(() => check(withFiles(moved), without)).message).toContain(
      'src/domain/articles',
    );
    expect(() =>
      check(
        withFiles(() => undefined),
        without,
      ),
    ).not.toThrow();
  });

  it.each([
    ['all are there', place],
    ['some were deleted', (path: string) => (path.includes('.test.') ? undefined : path)],
    ['all but one were moved', (path: string) => (path.includes('.table.') ? path : moved(path))],
  ])('is none where %s', (_, at) => {
    expect(() => check(withFiles(at))).not.toThrow();
  });

  it('keeps no other endpoint from being changed', () => {
    const next = manifestWith({ name: 'blog-posts', fields: ['title'] });
    expect(() => check(withFiles(moved), next)).not.toThrow();
    expect(() => check(withFiles(moved), { ...before, basePath: '/v2' })).not.toThrow();
    expect(() =>
      refuseGone({ before: emptyManifest, after, stack: express, files: filesOf(project) }),
    ).not.toThrow();
  });
});
