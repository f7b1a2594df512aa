import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createProject } from '../../src/commit/create.ts';
import { UserError } from '../../src/manifest/errors.ts';
import { newFolder } from './folder.ts';
import { CHANGES, CREATES } from './sample.ts';
import { failure, treeOf, watched } from './tree.ts';

let target: string;
beforeEach(async () => {
  target = await newFolder();
});

async function refused(path = target, disk = watched(() => {})): Promise<string> {
  const old = await treeOf(dirname(target));
  const error = await createProject(path, CREATES, disk).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(await treeOf(dirname(target))).toEqual(old);
  return error instanceof UserError ? error.message : '';
}

it('makes a project where nothing is', async () => {
  await createProject(target, CREATES);
  expect(await readdir(dirname(target))).toEqual(['project']);
  expect((await readdir(target)).sort()).toEqual(['bin', 'logo.png', 'src']);
  expect((await lstat(join(target, 'bin/gen'))).mode & 0o777).toBe(0o755);
});

it('makes the folders above, too', async () => {
  await createProject(join(target, 'a/b/c'), CREATES);
  expect(await readdir(join(target, 'a/b'))).toEqual(['c']);
});

it('writes into an empty folder, and leaves what does not count', async () => {
  await mkdir(join(target, '.git'), { recursive: true });
  await writeFile(join(target, '.DS_Store'), '');
  await createProject(target, CREATES);
  expect((await readdir(target)).sort()).toEqual(['.DS_Store', '.git', 'bin', 'logo.png', 'src']);
});

it('writes into a new repository, and leaves what a code host puts into it', async () => {
  const theirs = {
    'README.rst': 'Shop\n====',
    LICENSE: 'MIT\r\n',
    'LICENSE-APACHE': '',
    '.gitlab-ci.yml': 'include: []',
    '.gitattributes': '* text=auto\n',
    '.gitignore': '*.swp',
  };
  await mkdir(join(target, '.git'), { recursive: true });
  for (const [name, text] of Object.entries(theirs)) await writeFile(join(target, name), text);
  const before = theirs['.gitignore'];
  const update = { kind: 'update', path: '.gitignore', before, content: '*.swp\n' } as const;
  await createProject(target, [...CREATES, update]);
  for (const [name, text] of Object.entries({ ...theirs, '.gitignore': update.content })) {
    expect(await readFile(join(target, name), 'utf8')).toBe(text);
  }
  expect((await readdir(target)).sort()).toEqual(
    ['.git', ...Object.keys(theirs), 'bin', 'logo.png', 'src'].sort(),
  );
});

it.each(['README.md/page.md', 'readmes.txt', 'license/x', '.gitignore.d', 'src/index.ts', '.env'])(
  'refuses a folder that has %s beside that',
  async (path) => {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), '');
    await writeFile(join(target, 'README'), '');
    const name = path.split('/')[0];
    expect(await refused()).toContain(`is not empty: it has ${name}. Expected an empty folder, a`);
  },
);

it('writes into the folder that a link leads to', async () => {
  await mkdir(join(dirname(target), 'real'));
  await symlink('real', target);
  await createProject(target, CREATES);
  expect((await lstat(target)).isSymbolicLink()).toBe(true);
  expect((await readdir(target)).sort()).toEqual(['bin', 'logo.png', 'src']);
});

it('refuses a folder that is not empty, with what is in it', async () => {
  await mkdir(target);
  for (const name of 'abcdefghij') await writeFile(join(target, name), '');
  expect(await refused()).toContain('is not empty: it has a, b, c, d, e, f, g, h and 2 more.');
});

it('refuses a file, a dangling link, and a file above', async () => {
  await writeFile(target, '');
  expect(await refused()).toContain(`${target} is not a folder.`);
  expect(await refused(join(target, 'a/b'))).toContain(`${target} is not a folder.`);
  await symlink('nowhere', join(dirname(target), 'link'));
  expect(await refused(join(dirname(target), 'link'))).toContain('is not a folder.');
});

it('refuses a parent that may not be written', async () => {
  const disk = watched((_, name) => {
    if (name === 'writable') throw failure('EACCES');
  });
  expect(await refused(target, disk)).toContain('permission denied (EACCES)');
});

it('refuses a target that appears while it writes', async () => {
  const disk = watched((_, name) => {
    if (name === 'rename') throw failure('ENOTEMPTY');
  });
  expect(await refused(target, disk)).toContain('was created while this command was running');
});

it('leaves nothing when aborted at any operation', async () => {
  for (let at = 0; ; at++) {
    const abort = new AbortController();
    let reached = false;
    const disk = watched((index, name) => {
      if (index === at) abort.abort();
      if (index >= at && name === 'rename') reached = true;
    });
    const path = join(target, 'deep');
    await createProject(path, CREATES, disk, abort.signal).catch(() => {});
    if (reached) break;
    expect(await readdir(dirname(target))).toEqual([]);
  }
});

it('takes updates, doubles and bad paths for what they are', async () => {
  await expect(createProject(target, CHANGES)).rejects.not.toBeInstanceOf(UserError);
  const create = { kind: 'create', path: '../x', content: '' } as const;
  await expect(createProject(target, [create])).rejects.toBeInstanceOf(UserError);
  await expect(createProject(target, [create, create])).rejects.toThrow('changes ../x twice');
});
