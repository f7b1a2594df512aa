import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run, treeOf, write } from './run-bin.ts';

const quick = ['--no-install', '--no-git', '--yes'];
const atRoot = ['.dockerignore', '.github/dependabot.yml', '.github/workflows/ci.yaml'].concat(
  'Dockerfile',
  'compose.yaml',
);

/** A workspace with these files at its root, and what was made in it. */
async function madeIn(files: Record<string, string>, args: readonly string[] = []) {
  const cwd = await emptyFolder();
  for (const [path, text] of Object.entries(files)) await write(cwd, path, text);
  const before = await treeOf(cwd);
  const made = await run('create-backend', ['packages/api', ...quick, ...args], { cwd });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(await treeOf(cwd)).toMatchObject(before);
  const project = join(cwd, 'packages/api');
  const tree = await treeOf(project);
  const manifest = JSON.parse(tree['backend.json'] ?? '');
  return { project, tree, manifest, stdout: made.stdout };
}

const npm = { 'package.json': '{ "workspaces": ["packages/*"] }' };
const pnpm = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'package.json': '{}' };
const uv = {
  'pyproject.toml':
    '[project]\nname = "all"\n\n[tool.uv.workspace]\nmembers = [\n  "packages/*", # ours\n]\n',
};
const git = { '.git/HEAD': 'ref: refs/heads/main\n' };

describe('a project that is made inside of something larger', () => {
  it.each<[string, Record<string, string>, string[] | undefined]>([
    ['a workspace', npm, ['workspace']],
    ['a workspace of pnpm', pnpm, ['workspace']],
    [
      'a workspace with settings of the linter',
      { ...npm, 'biome.json': '{}' },
      ['workspace', 'linter'],
    ],
    ['a folder with settings of the linter', { 'biome.jsonc': '{}' }, ['linter']],
    ['a repository', git, ['repository']],
    ['all of them', { ...git, ...npm, '.biome.json': '{}' }, ['repository', 'workspace', 'linter']],
    [
      'a workspace whose globs do not match',
      { 'package.json': '{ "workspaces": ["apps/*"] }' },
      undefined,
    ],
    ['a package', { 'package.json': '{ "name": "web" }' }, undefined],
  ])('notes %s', async (_, files, above) => {
    const { manifest } = await madeIn(files);
    expect(manifest.above).toEqual(above);
  });

  it('says in a line for each reason what it goes without, and nothing is missing then', async () => {
    const { project, tree, stdout } = await madeIn({ ...git, ...npm });
    expect(stdout).toContain(
      'Left out .dockerignore, Dockerfile, compose.yaml: useful only at the root of the workspace.\n' +
        'Left out .github/dependabot.yml, .github/workflows/ci.yaml: useful only at the root of the repository.\n',
    );
    expect(Object.keys(tree).filter((path) => atRoot.includes(path))).toEqual([]);
    const status = await run('gen', ['status'], { cwd: project });
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).not.toContain('missing');
  });

  it('is a member of a workspace of uv, whose environment tells what is pending', async () => {
    const { project, tree, manifest, stdout } = await madeIn(uv, ['--stack', 'fastapi']);
    expect(manifest.above).toEqual(['workspace']);
    expect(stdout).toMatch(
      /^Left out .*Dockerfile.*: useful only at the root of the workspace\.$/m,
    );
    expect(Object.keys(tree).filter((path) => atRoot.includes(path))).toEqual([]);
    expect(tree['README.md']).toContain('`uv.lock` is at the root of the workspace');
    const status = () => run('gen', ['status'], { cwd: project });
    expect((await status()).stdout).toContain('the dependencies are not installed');
    const python = '#!/bin/sh\necho pending 20200101000000_create_users\n';
    await write(project, '../../.venv/bin/python', python, 0o755);
    expect(await status()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 migration is pending: uv run python -m app.db.migrate'),
    });
  });

  it('has an environment of its own where uv does not count it among the members', async () => {
    const excluded = `${uv['pyproject.toml']}exclude = ["packages/api"]\n`;
    const { project, tree, manifest } = await madeIn({ 'pyproject.toml': excluded }, [
      '--stack',
      'fastapi',
    ]);
    expect(manifest.above).toBeUndefined();
    expect(Object.keys(tree)).toEqual(expect.arrayContaining(atRoot));
    const python = '#!/bin/sh\necho pending 20200101000000_create_users\n';
    await write(project, '../../.venv/bin/python', python, 0o755);
    const { stdout } = await run('gen', ['status'], { cwd: project });
    expect(stdout).toContain('the dependencies are not installed');
  });

  it.each([
    ['pnpm', pnpm, 'npm', 'the folder of a workspace that others install'],
    ['npm', npm, 'pnpm', 'a folder that pnpm takes for no member'],
  ])('is installed by %s, and by itself with another one', async (usual, files, other) => {
    const member = await madeIn(files);
    expect(member.manifest).toMatchObject({ packageManager: usual, above: ['workspace'] });
    const alone = await madeIn(files, ['--package-manager', other]);
    expect(alone.manifest).toMatchObject({ packageManager: other });
    expect(alone.manifest.above).toBeUndefined();
    expect(Object.keys(alone.tree)).toEqual(expect.arrayContaining(atRoot));
  });

  it('finds its schema where the tool is installed', async () => {
    const schema = 'node_modules/create-backend/dist/backend.schema.json';
    const schemaOf = async (files: Record<string, string>) =>
      (await madeIn(files)).manifest.$schema;
    expect(await schemaOf(npm)).toBe(`../../${schema}`);
    expect(await schemaOf(pnpm)).toBe(`./${schema}`);
    expect(await schemaOf({})).toBe(`./${schema}`);
  });

  it('as JSON says what is left out', async () => {
    const cwd = await emptyFolder();
    await write(cwd, 'package.json', npm['package.json']);
    const args = ['packages/api', ...quick, '--dry-run', '--json'];
    const { stdout } = await run('create-backend', args, { cwd });
    const { plan } = JSON.parse(stdout);
    const files = plan.notices.map(({ path }: { path: string }) => path).sort();
    expect(files).toEqual(atRoot);
    expect(plan.notices[0].kind).toBe('left out');
  });
});

describe('gen apply', () => {
  it('follows what is above the project by now, there and back', async () => {
    const { project, tree, manifest } = await madeIn(npm);
    const apply = async (above: string[] | undefined) => {
      await write(project, 'backend.json', JSON.stringify({ ...manifest, above }));
      expect(await run('gen', ['apply'], { cwd: project })).toMatchObject({ code: 0, stderr: '' });
      return treeOf(project);
    };
    expect(tree['biome.json']).not.toContain('"root"');
    expect((await apply(['workspace', 'linter']))['biome.json']).toContain('"root": false');
    const alone = await apply(undefined);
    expect(Object.keys(alone)).toEqual(expect.arrayContaining(atRoot));
    expect(alone['biome.json']).toContain('useIgnoreFile');
    const again = await apply(['workspace']);
    expect(again).toEqual({ ...tree, 'backend.json': again['backend.json'] });
    expect(JSON.parse(again['backend.json'] ?? '')).toEqual(manifest);
  });
});
