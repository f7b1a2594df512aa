import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRelease } from '../../src/project/find-release.ts';
import { installedAt, isInstalled } from '../../src/project/is-installed.ts';
import { folderWith } from './folder.ts';

const tool = (version: string) => JSON.stringify({ name: 'create-backend', version });
const installed = 'node_modules/create-backend';
const path = `${installed}/package.json`;

describe('what a project has installed', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['in its own folder', { 'packages/api/node_modules/pg/package.json': '{}' }, true],
    ['at the root of its workspace', { [path]: tool('1.0.0') }, true],
    ['not where only others installed something', { 'node_modules/pg/package.json': '{}' }, false],
    ['not before the first time', { 'package.json': '{}' }, false],
  ])('is found %s', async (_, files, expected) => {
    const root = await folderWith(files);
    expect(isInstalled(join(root, 'packages/api'), 'node_modules', installed)).toBe(expected);
  });

  it('is the nearest, and used where it is the version that is asked for', async () => {
    const root = await folderWith({
      [path]: tool('1.0.0'),
      [`packages/web/${path}`]: tool('2.0.0'),
    });
    const releaseOf = (project: string, version: string) => {
      const at = join(root, 'packages', project);
      return findRelease(at, version, installedAt(at, installed));
    };
    const at = (folder: string) => join(root, folder, 'node_modules/create-backend');
    expect(await releaseOf('api', '1.0.0')).toEqual({ kind: 'installed', root: at('') });
    expect(await releaseOf('web', '2.0.0')).toEqual({
      kind: 'installed',
      root: at('packages/web'),
    });
    expect(await releaseOf('web', '1.0.0')).toMatchObject({ kind: 'to-install' });
  });
});
