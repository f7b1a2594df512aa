import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { findTool } from '../../src/project/find-tool.ts';
import { installedAt } from '../../src/project/is-installed.ts';
import { folderWith } from './folder.ts';

const manifest = '{ "name": "create-backend", "version": "1.2.3", "files": ["bin", "dist"] }';
const tool = { 'package.json': manifest, 'dist/create-backend.cjs': '' };
const key = 'node_modules/create-backend';
const file = 'create-backend-1.2.3.tgz';
const integrity = 'sha512-x';
const version = '1.2.3';
const url = `https://registry.example/create-backend/-/${file}`;

/** The folder of a package installed as npm does, with what npm notes about it. */
async function installed(entry: object | undefined, at = key): Promise<string> {
  const files = Object.entries(tool).map(([path, text]) => [`${at}/${path}`, text]);
  const root = await folderWith({
    ...Object.fromEntries(files),
    ...(entry && {
      'node_modules/.package-lock.json': JSON.stringify({ packages: { [at]: entry } }),
    }),
  });
  return join(root, at);
}

it.each([
  ['a registry', { version, resolved: url, integrity }],
  ['a registry whose address npm was told not to note', { version, integrity }],
])('is a version when it comes from %s', async (_from, entry) => {
  expect(await findTool(await installed(entry))).toEqual({ kind: 'registry', version });
});

it('is a version when another package brought it along', async () => {
  const nested = `node_modules/starter/${key}`;
  const root = await installed({ version, resolved: url, integrity }, nested);
  expect(await findTool(root)).toEqual({ kind: 'registry', version });
});

it.each([
  ['a packed file', { version, resolved: 'file:create-backend-1.2.3.tgz', integrity }],
  ['a packed file of a project', { version, resolved: `file:.backend/${file}`, integrity }],
  ['a folder', { version, resolved: 'file:../create-backend' }],
  ['a linked folder', { resolved: '../create-backend', link: true }],
  ['git', { version, resolved: 'git+ssh://git@host.example/create-backend.git#1', integrity }],
  ['an address', { version, resolved: `https://host.example/download/${file}`, integrity }],
  ['another version', { version: '1.2.2', resolved: url, integrity }],
  ['who knows where, as nothing can be verified', { version }],
  ['who knows where, as npm noted nothing', undefined],
])('is packed on the spot when it comes from %s', async (_from, entry) => {
  const found = await findTool(await installed(entry));
  expect(found).toMatchObject({ kind: 'packed', file });
  // The two bytes that every gzip file begins with.
  expect(found.kind === 'packed' && [...found.content.slice(0, 2)]).toEqual([0x1f, 0x8b]);
});

it.each([
  ['^1.2.3', 'registry'],
  ['1.2.3', 'registry'],
  [`file:.backend/${file}`, 'packed'],
  [undefined, 'packed'],
])('is what the project that installed it asks for: %s', async (asks, kind) => {
  const at = await installed(undefined);
  expect(await findTool(at, { installed: at, asks })).toMatchObject({ kind });
  expect(await findTool(at, { installed: undefined, asks })).toMatchObject({
    kind: 'packed',
  });
});

it('is packed when what npm noted cannot be read', async () => {
  const root = await installed({ version, integrity });
  await writeFile(join(dirname(root), '.package-lock.json'), '{ "packages": ');
  expect(await findTool(root)).toMatchObject({ kind: 'packed' });
});

it('is the file of the build when it runs from a checkout', async () => {
  const root = await folderWith({ ...tool, 'dist/create-backend.tgz': 'packed by the build' });
  const content = Buffer.from('packed by the build');
  expect(await findTool(root)).toEqual({ kind: 'packed', file, content });
});

it('looks behind a link to a checkout', async () => {
  const checkout = await folderWith({ ...tool, 'dist/create-backend.tgz': 'packed by the build' });
  const other = await folderWith({
    'node_modules/.package-lock.json': JSON.stringify({
      packages: { [key]: { version, integrity } },
    }),
  });
  await mkdir(join(other, 'node_modules'), { recursive: true });
  await symlink(checkout, join(other, key));
  expect(await findTool(join(other, key))).toMatchObject({ kind: 'packed' });
});

it('is refused when it was not built', async () => {
  const root = await folderWith({ 'package.json': manifest });
  const error = await findTool(root).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ command: 'npm run build' });
});

it.each(['', 'packages/api', 'apps/deep/api'])(
  'is what a project of a workspace asks for that has it at its root: %j',
  async (path) => {
    const at = await installed(undefined);
    const root = join(at, '../..', path);
    const userIn = (folder: string) => ({
      installed: installedAt(folder, 'node_modules/create-backend'),
      asks: version,
    });
    expect(await findTool(at, userIn(root))).toMatchObject({ kind: 'registry' });
    const link = await folderWith({ 'node_modules/create-backend/package.json': manifest });
    expect(await findTool(at, userIn(link))).toMatchObject({ kind: 'packed' });
  },
);
