import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { parseEndpointRename } from '../../src/manifest/endpoint-rename.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;

const manifest = manifestWith(
  { name: 'authors', fields: ['name'] },
  { name: 'tags', fields: ['name', 'parent:ref:tags:optional'] },
  { name: 'posts', fields: ['title', 'tag:ref:tags', 'author:ref:authors'], under: 'tags' },
);

const renamed = (from: string, to: string, singular?: string) =>
  parseEndpointRename({ from, to, singular }, manifest, rules);

describe('an endpoint that is renamed', () => {
  it.each([
    ['tags', 'labels'],
    ['tag', 'label'],
    ['Tags', 'Label'],
  ])('is found as %s, is called by the plural of %s, and keeps its place', (from, to) => {
    const { after, renames } = renamed(from, to);
    expect(Object.keys(after.endpoints)).toEqual(['authors', 'labels', 'posts']);
    expect(renames).toEqual({ endpoint: { from: 'tags', to: 'labels' } });
  });

  it('is what everything refers to that referred to it', () => {
    const { labels, posts } = renamed('tags', 'labels').after.endpoints;
    expect(labels?.fields.parent).toMatchObject({ to: 'labels' });
    expect(posts).toMatchObject({ under: 'labels', fields: { tag: { to: 'labels' } } });
    expect(posts?.fields.author).toMatchObject({ to: 'authors' });
  });

  it('has the singular that was given, and not the one it had', () => {
    const own = renamed('tags', 'labels', 'sticker').after;
    expect(own.endpoints.labels).toMatchObject({ singular: 'sticker' });
    const next = parseEndpointRename({ from: 'labels', to: 'tags' }, own, rules).after;
    expect(next).toEqual(manifest);
  });

  it('may keep its name, and only get another singular', () => {
    const { after, renames } = renamed('tags', 'tags', 'label');
    expect(after.endpoints.tags).toMatchObject({ singular: 'label' });
    expect(renames).toEqual({});
  });
});

describe('a rename is refused', () => {
  it.each<[string, string, string, string]>([
    ['tagz', 'labels', 'There is no endpoint `tagz`.', 'gen endpoint rename tags labels'],
    ['invoices', 'labels', 'There is no endpoint `invoices`.', 'gen endpoint rename --help'],
    ['tags', 'posts', '`posts` exists already.', 'gen endpoint rename tags postEntries'],
    ['tagz', 'posts', 'There is no endpoint `tagz`, but there is `posts`.', 'gen status'],
    [
      'tags',
      'class',
      '`class` is a reserved word of TypeScript.',
      'gen endpoint rename tags classes',
    ],
    ['tags', '2nd', '`2nd` is not a name.', 'gen endpoint rename tags nds'],
  ])('%s to %s', (from, to, found, command) => {
    const refused = refusal(() => renamed(from, to));
    expect(refused.problems[0]?.found).toBe(found);
    expect(refused.command).toBe(command);
  });

  it('where the singular is one that another has', () => {
    const refused = refusal(() => renamed('tags', 'labels', 'author'));
    expect(refused.problems[0]?.found).toContain('would both use the name `author`');
  });

  it('where the accounts have the name', () => {
    const own = withAccounts({ ...manifest, auth: 'jwt' });
    for (const [from, to, found] of [
      ['tags', 'users', '`users` exists already.'],
      ['users', 'people', '`users` holds the accounts of this backend and cannot be renamed.'],
    ] as const) {
      const refused = refusal(() => parseEndpointRename({ from, to }, own, rules));
      expect(refused.problems[0]?.found).toBe(found);
    }
  });
});
