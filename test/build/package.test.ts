import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDist } from '../../src/build/build-dist.ts';
import { packTool } from '../../src/build/pack-tool.ts';
import { packageRoot } from '../../src/project/package-root.ts';

const root = packageRoot(import.meta.url);
let folder: string;
let packed: Awaited<ReturnType<typeof packTool>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  for (const name of ['bin', 'CHANGELOG.md', 'LICENSE', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, 'README.md'), '');
  await buildDist(root, join(folder, 'dist'));
  await writeFile(join(folder, 'dist/create-backend.tgz'), 'an older one');
  packed = await packTool(folder);
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('holds what runs and what the law asks for, and no package within the package', () => {
  const { files } = packed;
  const own = files.filter((path) => !/^dist\/chunks\/[\w-]+\.cjs(\.map)?$/.test(path));
  expect(own.sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/create-backend.js',
    'bin/gen.js',
    'bin/package.json',
    'dist/THIRD-PARTY-LICENSES.txt',
    'dist/backend.schema.json',
    'dist/create-backend.cjs',
    'dist/create-backend.cjs.map',
    'dist/gen.cjs',
    'dist/gen.cjs.map',
    'dist/start.cjs',
    'package.json',
  ]);
});

it('is small enough to keep beside a project', () => {
  expect(packed.content.length).toBeLessThan(2_500_000);
});

it('holds the messages of zod in one language', async () => {
  const chunks = packed.files.filter((path) => path.startsWith('dist/') && path.endsWith('.cjs'));
  const texts = await Promise.all(chunks.map((path) => readFile(join(folder, path), 'utf8')));
  expect(texts.filter((text) => text.includes('Invalid input: expected'))).not.toEqual([]);
  expect(texts.filter((text) => text.includes('Entrada inv'))).toEqual([]);
});

it('names the licence of everything bundled, and nothing that is not', async () => {
  const text = await readFile(join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const each of ['commander', 'handlebars', 'typescript', 'zod']) {
    expect(text).toMatch(new RegExp(`^${each} [\\d.]+ \\(`, 'm'));
  }
  expect(text).not.toMatch(/^(vitest|esbuild|tinyglobby) /m);
});

it('installs without scripts or dependencies, and runs through the links of npm', async () => {
  const project = join(folder, 'project');
  await cp(join(root, 'LICENSE'), join(project, 'LICENSE'));
  await writeFile(join(project, 'package.json'), '{ "private": true }');
  await writeFile(join(project, 'tool.tgz'), packed.content);
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return `${stdout}${stderr}`;
  };
  expect(run('npm', 'install', '--offline', './tool.tgz')).not.toContain('script');
  const installed = await readdir(join(project, 'node_modules'));
  expect(installed.sort()).toEqual(['.bin', '.package-lock.json', 'create-backend']);
  expect(run('node_modules/.bin/create-backend', '--help')).toContain('npx create-backend my-api');
  expect(run('node_modules/.bin/gen', '--help')).toContain('endpoint');
}, 180_000);

it('makes a project and an endpoint where no registry answers', async () => {
  // Not below a package.json, which npm would take for the project.
  const empty = await mkdtemp(join(tmpdir(), 'empty-'));
  await writeFile(join(folder, 'packed.tgz'), packed.content);
  const env = {
    ...process.env,
    npm_config_offline: 'true',
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: join(folder, 'npm-cache'),
  };
  const run = (cwd: string, command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  run(empty, 'npm', 'install', '--no-save', join(folder, 'packed.tgz'));
  run(empty, 'npx', 'create-backend', 'shop', '--yes', '--no-install', '--no-git');
  const shop = join(empty, 'shop');
  const made = await readdir(shop);
  expect(made).toEqual(
    expect.arrayContaining(['.dockerignore', '.env', '.env.example', '.github', '.gitignore']),
  );
  expect(await readFile(join(shop, '.gitignore'), 'utf8')).toContain('node_modules');
  const said = run(shop, join(empty, 'node_modules/.bin/gen'), 'endpoint', 'posts', 'title:string');
  expect(said).toContain('Added /api/posts with its table and its tests.');
  expect(await readdir(join(shop, 'src/modules'))).toContain('posts');
  await rm(empty, { recursive: true });
}, 180_000);
