import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isBelowGit, isInsideGit } from '../../src/steps/inside-git.ts';
import { folderWith } from '../project/folder.ts';

it('is false where there is no repository', async () => {
  expect(await isInsideGit(await folderWith())).toBe(false);
});

it.each(['', 'my-api', 'apps/my-api/that/is/not/yet'])('is true inside one: %j', async (path) => {
  const root = await folderWith({ '.git/HEAD': 'ref: refs/heads/main\n' });
  expect(await isInsideGit(join(root, path))).toBe(true);
});

it('is true in a work tree or a submodule', async () => {
  expect(await isInsideGit(await folderWith({ '.git': 'gitdir: ../.git/worktrees/a\n' }))).toBe(
    true,
  );
});

it('is false beside an empty folder that is called .git', async () => {
  const root = await folderWith();
  await mkdir(join(root, '.git'));
  expect(await isInsideGit(root)).toBe(false);
});

it('looks where a link leads', async () => {
  const repository = await folderWith({ '.git/HEAD': '', 'apps/a': '' });
  const other = await folderWith();
  await symlink(join(repository, 'apps'), join(other, 'link'));
  expect(await isInsideGit(join(other, 'link/my-api'))).toBe(true);
});

it.each([
  ['', false],
  ['packages/api', true],
  ['packages/own', false],
  ['packages/own/api', true],
])('knows what is only a part of a repository: %j', async (path, expected) => {
  const root = await folderWith({ '.git/HEAD': '', 'packages/own/.git/HEAD': '' });
  expect(isBelowGit(join(root, path))).toBe(expected);
  expect(isBelowGit(join(await folderWith(), path))).toBe(false);
});
