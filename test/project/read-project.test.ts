import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { readProject } from '../../src/project/read-project.ts';
import { folderWith } from './folder.ts';

it('reads a file as it is', async () => {
  const text = '\uFEFFconst a = "ä";\r\n';
  const project = readProject(await folderWith({ 'src/app.ts': text }));
  expect(project.read('src/app.ts')).toBe(text);
});

it('has nothing where nothing is', async () => {
  const root = await folderWith();
  expect(readProject(root).read('src/app.ts')).toBeUndefined();
  expect(readProject(root).list('src')).toEqual([]);
  expect(readProject(join(root, 'gone')).list('')).toEqual([]);
});

it('lists the names in a folder in order', async () => {
  const project = readProject(await folderWith({ 'db/b.ts': '', 'db/a.ts': '', 'db/c/d.ts': '' }));
  expect(project.list('db')).toEqual(['a.ts', 'b.ts', 'c']);
});

it('refuses a folder where a file is expected, and a file where a folder is', async () => {
  const project = readProject(await folderWith({ 'src/routes.ts/x': '', db: '' }));
  expect(() => project.read('src/routes.ts')).toThrow(UserError);
  expect(() => project.read('src/routes.ts')).toThrow(
    'src/routes.ts cannot be read: it is a folder',
  );
  expect(() => project.list('db')).toThrow('db cannot be read: it is not a folder');
  expect(() => project.read('db/tables.ts')).toThrow(UserError);
});

it('finds every file, but for what is hidden, installed or built', async () => {
  const files = ['a.ts', 'src/b/c.ts', 'src/b/dist/d.js', 'node_modules/x/e.js', '.git/f'];
  const project = readProject(
    await folderWith(Object.fromEntries(files.map((file) => [file, '']))),
    ['node_modules', 'dist'],
  );
  expect(project.tree('')).toEqual(['a.ts', 'src/b/c.ts']);
  expect(project.tree('src/b')).toEqual(['src/b/c.ts']);
  expect(project.tree('nowhere')).toEqual([]);
});

it('refuses what it could not write again as it was', async () => {
  const project = readProject(await folderWith({ 'a.ts': Buffer.from('// caf\xe9', 'latin1') }));
  expect(() => project.read('a.ts')).toThrow('a.ts is not text in UTF-8.');
});
