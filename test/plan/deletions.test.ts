import { expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { Renames } from '../../src/manifest/renames.ts';
import { deletionNotices } from '../../src/plan/deletions.ts';
import { accountsManifest, emptyManifest, grown } from '../stacks/manifests.ts';

const posts = (...fields: string[]) => grown(accountsManifest, { name: 'posts', fields });
const open = (...fields: string[]) =>
  grown(accountsManifest, { name: 'posts', fields, access: 'update=user,delete=user' });

const messages = (before: Manifest, after: Manifest, renames: Renames = {}) =>
  deletionNotices({ before, after, renames }).map((notice) =>
    'message' in notice ? notice.message : '',
  );

const owned = 'Deleting a user deletes the posts that name them in `posts.ownerId`.';

it.each<[string, Manifest, Manifest, string[]]>([
  ['an owner', accountsManifest, posts('title'), [owned]],
  ['no user', accountsManifest, open('title'), []],
  [
    'a required reference',
    open('title'),
    open('title', 'author:ref:users'),
    ['A user cannot be deleted while `posts.authorId` names them.'],
  ],
  [
    'an optional reference',
    open('title'),
    open('title', 'author:ref:users:optional'),
    ['Deleting a user empties `posts.authorId` where it names them.'],
  ],
  [
    'a reference that becomes optional',
    open('author:ref:users'),
    open('author:ref:users:optional'),
    ['Deleting a user empties `posts.authorId` where it names them.'],
  ],
  ['a reference that stays', open('author:ref:users'), open('title', 'author:ref:users'), []],
  ['accounts', grown(emptyManifest, { name: 'posts', fields: ['title'] }), posts('title'), [owned]],
  ['no accounts', emptyManifest, grown(emptyManifest, { name: 'posts', fields: ['title'] }), []],
])('%s', (_case, before, after, expected) => {
  expect(messages(before, after)).toEqual(expected);
});

it('says nothing of references that are renamed, or whose endpoint is', () => {
  const field = { fields: { posts: { authorId: 'writerId' } } };
  expect(messages(open('author:ref:users'), open('writer:ref:users'), field)).toEqual([]);
  const endpoint = { endpoint: { from: 'posts', to: 'notes' } };
  const notes = grown(accountsManifest, { name: 'notes', fields: ['title'] });
  expect(messages(posts('title'), notes, endpoint)).toEqual([]);
});
