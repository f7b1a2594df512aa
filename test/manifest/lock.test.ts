import { describe, expect, it } from 'vitest';
import { formatManifest, manifestJson } from '../../src/manifest/format-manifest.ts';
import type { Side } from '../../src/manifest/lock.ts';
import { formatLock, parseLock, readApplied, versionIn } from '../../src/manifest/lock.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const of = (...posts: string[]) =>
  manifestWith({ name: 'tags', fields: ['name'] }, { name: 'posts', fields: posts });
const base = of('title');
const ours = of('title', 'views:integer');
const theirs = of('title', 'summary:text');
const both = of('title', 'views:integer', 'summary:text');

const side = (manifest: Manifest, ...posts: string[]): Side => ({
  manifest,
  lineage: { posts: ['1_create_posts', ...posts], tags: ['2_create_tags'] },
});
const sides = { ours: side(ours, '3_add_views'), theirs: side(theirs, '4_add_summary') };
const lock = (each: Side) => formatLock('0.3.0', each);
const postsLine = (each: Side) =>
  lock(each)
    .split('\n')
    .find((line) => line.includes('endpoints.posts')) ?? '';

/** The lock of our branch, in which the line that differs is replaced by these. */
const merged = (...lines: string[]) =>
  lock(sides.ours).replace(postsLine(sides.ours), lines.join('\n'));

const [one, other] = [postsLine(sides.ours), postsLine(sides.theirs)];

describe('backend.lock.json', () => {
  it('is JSON, with a line of its own for each endpoint, in the order of their names', () => {
    const text = lock(sides.ours);
    expect(Object.keys(JSON.parse(text))).toEqual([
      'version',
      'endpoints.posts',
      'endpoints.tags',
      'project',
    ]);
    expect(text.split('\n')).toHaveLength(7);
    expect(versionIn(text)).toBe('0.3.0');
  });

  it('is read as it was written', () => {
    for (const current of [ours, both]) {
      expect(parseLock(lock(sides.ours), current, stacks)).toEqual({
        version: '0.3.0',
        sides: [{ ...sides.ours, manifest: expect.objectContaining({ ...ours }) }],
      });
    }
  });

  it.each([
    ['one after the other, as merge=union leaves them', merged(one, other)],
    ['with what stands between them twice', merged(one, '', other, one)],
    ['between markers', merged('<<<<<<< HEAD', one, '=======', other, '>>>>>>> left')],
    [
      'between markers with their base',
      merged('<<<<<<< HEAD', one, '||||||| 123', '=======', other, '>>>>>>> left'),
    ],
    ['with Windows line endings', merged(one, other).replaceAll('\n', '\r\n')],
  ])('holds both versions of an endpoint that two branches changed: %s', (_, text) => {
    const [first, second, ...others] = parseLock(text, both, stacks).sides;
    expect(others).toEqual([]);
    expect(first).toEqual(sides.ours);
    expect(second).toEqual(sides.theirs);
  });

  it('is read where another formatter has been at it', () => {
    const text = JSON.stringify(JSON.parse(lock(sides.ours)), null, 4);
    expect(parseLock(text, both, stacks).sides).toEqual([sides.ours]);
  });

  const old = (manifest: Manifest, checked: string) =>
    `${JSON.stringify({ version: '0.2.0', checked, applied: manifestJson(manifest) }, null, 2)}\n`;

  it('is read in the form of 0.2.0, with markers too', () => {
    expect(parseLock(old(ours, 'a'), both, stacks)).toEqual({
      version: '0.2.0',
      sides: [{ manifest: ours, lineage: {} }],
    });
    const [first, second] = [old(ours, 'a'), old(theirs, 'b')];
    const text = `<<<<<<< HEAD\n${first}=======\n${second}>>>>>>> left\n`;
    const manifests = parseLock(text, both, stacks).sides.map(({ manifest }) => manifest);
    expect(manifests).toEqual([ours, theirs]);
    expect(versionIn(text)).toBe('0.2.0');
  });

  it.each(['', '{', '{}', '[]', 'null', '{ "version": 1 }', '{ "version": "0.3.0" }'])(
    'is refused where it is damaged, with a command that works during a merge: %j',
    (text) => {
      const { message, command } = refusal(() => parseLock(text, base, stacks));
      expect(message).toContain('backend.lock.json');
      expect(command).toBe('git checkout --merge -- backend.lock.json');
    },
  );

  it('is refused where branches of two versions were merged', () => {
    const text = lock(sides.ours).replace(
      '  "version": "0.3.0",',
      '  "version": "0.3.0",\n  "version": "0.4.0",',
    );
    expect(versionIn(text)).toBe('0.4.0');
    const { message, command } = refusal(() => parseLock(text, ours, stacks));
    expect(message).toContain('0.3.0 and 0.4.0');
    expect(command).toBe('git merge --abort');
  });

  it('has an endpoint to refer to where the other branch took it away', () => {
    const referring = manifestWith(
      { name: 'posts', fields: ['title'] },
      { name: 'notes', fields: ['post:ref:posts'] },
    );
    const text = lock({ manifest: referring, lineage: {} })
      .split('\n')
      .filter((line) => !line.includes('endpoints.posts'))
      .join('\n');
    const [{ manifest }] = parseLock(text, base, stacks).sides;
    expect(Object.keys(manifest.endpoints).sort()).toEqual(['notes', 'posts']);
  });
});

describe('a manifest whose endpoints the lock has', () => {
  it('is known without a check of each', () => {
    expect(readApplied(formatManifest(ours), lock(sides.ours), stacks)).toEqual({
      ...ours,
      endpoints: expect.objectContaining(ours.endpoints),
    });
  });

  it.each([
    ['an endpoint was edited', formatManifest(both), lock(sides.ours)],
    ['there is no lock', formatManifest(ours), undefined],
    ['the lock is damaged', formatManifest(ours), '{'],
    ['a name of the project was edited', formatManifest({ ...ours, name: 'x' }), lock(sides.ours)],
  ])('is not known where %s', (_, text, known) => {
    expect(readApplied(text, known, stacks)).toBeUndefined();
  });

  it('is not known where two branches merge to what cannot be', () => {
    const referring = manifestWith(
      { name: 'posts', fields: ['title'] },
      { name: 'notes', fields: ['post:ref:posts'] },
    );
    const { posts: _gone, ...endpoints } = referring.endpoints;
    const text = formatManifest({ ...referring, endpoints });
    expect(readApplied(text, lock({ manifest: referring, lineage: {} }), stacks)).toBeUndefined();
  });
});
