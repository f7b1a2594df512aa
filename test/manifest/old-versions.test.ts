import { describe, expect, it } from 'vitest';
import { parseEndpointRename } from '../../src/manifest/endpoint-rename.ts';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { FieldRequest } from '../../src/manifest/field-command.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { formatLock, parseLock } from '../../src/manifest/lock.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { manifestIn } from '../../src/manifest/old-versions.ts';
import { parseRemoval } from '../../src/manifest/removal.ts';
import { addVersion, removeVersion } from '../../src/manifest/version-request.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;
const today = '2026-11-28';

const plain = manifestWith(
  { name: 'tags', fields: ['name'] },
  { name: 'posts', fields: ['title', 'body:text', 'tag:ref:tags:optional'] },
);
const add = (name: string, manifest: Manifest, sunset?: string) =>
  addVersion({ name, sunset, today }, manifest);
const versioned = add('v2', plain);

const field = (request: FieldRequest, manifest: Manifest) =>
  parseFieldChange(request, manifest, rules).after;
const rename = (from: string, to: string, manifest: Manifest) =>
  field({ kind: 'rename', endpoint: 'posts', from, to }, manifest);
const frozen = (manifest: Manifest, version = 'v1') =>
  manifest.versions?.[version]?.endpoints?.posts;

const read = (manifest: Manifest) =>
  parseManifest(formatManifest(manifest), 'backend.json', stacks);

describe('a newer version', () => {
  it.each([
    ['/api', 'v2', '/api/v2', 'v1'],
    ['/api/v1', 'v2', '/api/v2', 'v1'],
    ['/api/v3', 'v5', '/api/v5', 'v3'],
    ['/shop', 'v7', '/shop/v7', 'v1'],
  ])('of %s, called %s, is at %s, and the old one is %s', (basePath, name, next, old) => {
    const after = add(name, { ...plain, basePath });
    expect(after.basePath).toBe(next);
    expect(after.versions).toEqual({ [old]: { basePath, deprecated: today } });
  });

  it('is the same when it is asked for again, and may get the day of its end then', () => {
    expect(add('v2', versioned)).toEqual(versioned);
    expect(add('v2', versioned, '2027-05-28').versions?.v1).toMatchObject({ sunset: '2027-05-28' });
  });

  it('may stand beside two old ones', () => {
    const after = add('v3', rename('title', 'headline', versioned));
    expect(Object.keys(after.versions ?? {})).toEqual(['v1', 'v2']);
    expect(after.versions?.v2).toEqual({ basePath: '/api/v2', deprecated: today });
    expect(frozen(after)).toBeDefined();
  });

  it.each([
    ['2', undefined, '`2` is not the name of a version.', 'gen version v2'],
    ['v1', undefined, 'The newest version is v1, and v1 is not newer.', 'gen version v2'],
    ['v2', '2026-02-30', '`2026-02-30` is not a day.', 'gen version v2 --sunset 2027-11-01'],
    ['v2', '2025-01-01', 'deprecated since 2026-11-28', 'gen version v2 --sunset 2027-11-01'],
  ])('is refused as %s until %s', (name, sunset, found, command) => {
    const refused = refusal(() => add(name, plain, sunset));
    expect(refused.problems[0]?.found).toContain(found);
    expect(refused.command).toBe(command);
  });

  it('is gone without a trace once the old one is removed', () => {
    expect(removeVersion('v1', rename('title', 'headline', versioned))).toEqual({
      ...rename('title', 'headline', { ...plain, basePath: '/api/v2' }),
    });
    expect(refusal(() => removeVersion('v9', versioned)).command).toBe('gen version remove v1');
    expect(refusal(() => removeVersion('v2', versioned)).problems[0]?.found).toBe(
      'v2 is the newest version.',
    );
  });
});

describe('an old version', () => {
  const before = plain.endpoints.posts?.fields;

  it.each<[string, FieldRequest, object]>([
    [
      'renamed',
      { kind: 'rename', endpoint: 'posts', from: 'title', to: 'headline' },
      { fields: before, from: { title: 'headline' } },
    ],
    ['removed', { kind: 'remove', endpoint: 'posts', names: ['title'] }, { fields: before }],
    ['changed', { kind: 'change', endpoint: 'posts', fields: ['title:text'] }, { fields: before }],
    [
      'added and required',
      { kind: 'add', endpoint: 'posts', fields: ['slug'] },
      { fields: before },
    ],
  ])('keeps an endpoint as it was where a field is %s', (_how, request, expected) => {
    const after = field(request, versioned);
    expect(frozen(after)).toEqual(expected);
    expect(read(after).versions).toEqual(after.versions);
  });

  it.each(['summary:text:optional', 'views:integer:default=0', 'at:datetime:optional:readonly'])(
    'shares a new field that nobody has to send: %s',
    (text) => {
      const after = field({ kind: 'add', endpoint: 'posts', fields: [text] }, versioned);
      expect(frozen(after)).toBeUndefined();
    },
  );

  it('follows a field through many renames, and shares the endpoint again after the way back', () => {
    const once = rename('title', 'headline', versioned);
    const twice = rename('headline', 'caption', once);
    expect(frozen(twice)?.from).toEqual({ title: 'caption' });
    expect(rename('caption', 'title', twice)).toEqual(versioned);
  });

  it('has the names of each version where there are two', () => {
    const two = add('v3', rename('title', 'headline', versioned));
    const after = rename('headline', 'caption', two);
    expect(frozen(after, 'v1')?.from).toEqual({ title: 'caption' });
    expect(frozen(after, 'v2')?.from).toEqual({ headline: 'caption' });
    expect(Object.keys(manifestIn(after, 'v2').endpoints.posts?.fields ?? {})).toContain(
      'headline',
    );
  });

  it('follows a renamed endpoint, and what refers to it', () => {
    const after = rename('title', 'headline', versioned);
    const posts = parseEndpointRename({ from: 'posts', to: 'articles' }, after, rules).after;
    expect(Object.keys(posts.versions?.v1?.endpoints ?? {})).toEqual(['articles']);
    const tags = parseEndpointRename({ from: 'tags', to: 'labels' }, after, rules).after;
    expect(frozen(tags)?.fields.tag).toMatchObject({ to: 'labels' });
  });

  it('keeps the id of a row whose endpoint is removed', () => {
    const noTag = field({ kind: 'remove', endpoint: 'posts', names: ['tag'] }, versioned);
    const { after } = parseRemoval('tags', noTag, rules);
    expect(frozen(after)?.fields).toMatchObject({ tagId: { type: 'uuid', optional: true } });
    expect(read(after)).toEqual(after);
    expect(parseRemoval('posts', noTag, rules).after.versions?.v1?.endpoints).toBeUndefined();
  });

  it('is part of what a lock has', () => {
    const manifest = rename('title', 'headline', versioned);
    const text = formatLock('1.0.0', { manifest, lineage: {} });
    expect(parseLock(text, plain, stacks).sides[0].manifest).toEqual(manifest);
  });

  const broken = (v1: object, name = 'v1') =>
    JSON.stringify({ ...plain, basePath: '/api/v2', versions: { [name]: v1 } });
  const v1 = { basePath: '/api/v1', deprecated: today };
  const posts = { fields: { title: { type: 'string' } } };

  it.each([
    [broken(v1, 'old'), 'versions.old: `old` is not the name of a version.'],
    [broken(v1, 'v2'), 'versions.v2: `v2` is not older than `v2`'],
    [broken({ ...v1, basePath: '/api/v2' }), 'versions.v1.basePath: Another version'],
    [broken({ ...v1, basePath: '/openapi/v1' }), 'versions.v1.basePath: The base path'],
    [broken({ ...v1, basePath: 'api' }), 'versions.v1.basePath: It is "api".'],
    [broken({ ...v1, deprecated: 'soon' }), 'versions.v1.deprecated: It is "soon".'],
    [broken({ ...v1, sunset: '2026-01-01' }), 'versions.v1.sunset: It is served until'],
    [broken({ ...v1, until: today }), 'versions.v1: There is no setting `until`.'],
    [
      broken({ ...v1, endpoints: { notes: posts } }),
      'versions.v1.endpoints.notes: There is no endpoint `notes` any more.',
    ],
    [
      broken({ ...v1, endpoints: { posts: { fields: {} } } }),
      'versions.v1.endpoints.posts.fields: It has no fields.',
    ],
    [
      broken({ ...v1, endpoints: { posts: { fields: { title: { type: 'words' } } } } }),
      'versions.v1.endpoints.posts.fields.title: ',
    ],
    [
      broken({ ...v1, endpoints: { posts: { ...posts, from: { name: 'title' } } } }),
      'versions.v1.endpoints.posts.from.name: `name` is not one of its fields.',
    ],
    [
      broken({ ...v1, endpoints: { posts: { ...posts, from: { title: 'head' } } } }),
      'versions.v1.endpoints.posts.from.title: `posts` has no field `head` now.',
    ],
  ])('is refused with the place of what is wrong: %#', (text, found) => {
    const { problems } = refusal(() => parseManifest(text, 'backend.json', stacks));
    expect(problems.map((each) => each.found).join('\n')).toContain(found);
  });

  it('cannot have accounts of its own', () => {
    const withUsers = JSON.stringify({
      ...plain,
      auth: 'jwt',
      basePath: '/api/v2',
      versions: { v1: { ...v1, endpoints: { users: posts } } },
    });
    const { problems } = refusal(() => parseManifest(withUsers, 'backend.json', stacks));
    expect(problems[0]?.found).toContain('which all versions share');
  });
});
