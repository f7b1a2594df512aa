import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/project/package-root.ts';
import { emptyFolder, projectWith, shellEnv } from './run-bin.ts';

const repository = packageRoot(import.meta.url);

/** A clone as git makes it on Windows with its usual settings. */
async function windowsClone(source: string): Promise<string> {
  const clone = join(await emptyFolder(), 'clone');
  const settings = ['-c', 'core.autocrlf=true'];
  await git(
    source,
    'clone',
    '--quiet',
    ...settings,
    '--no-local',
    '--depth=1',
    `file://${source}`,
    clone,
  );
  return clone;
}

const git = (cwd: string, ...args: string[]) => execa('git', args, { cwd, env: shellEnv() });

async function filesOf(clone: string): Promise<string[]> {
  const { stdout } = await git(clone, 'ls-files', '-z');
  return stdout.split('\0').filter(Boolean);
}

it('a project that is checked out on Windows passes its format check', async () => {
  const project = await projectWith('posts title:string');
  await git(project, 'init', '--quiet', '-b', 'main');
  await git(project, 'add', '--all');
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  await git(project, ...who, 'commit', '--quiet', '-m', 'Create the project');
  const clone = await windowsClone(project);
  const files = await filesOf(clone);
  expect(files).toContain('src/modules/posts/posts.routes.ts');
  for (const path of files.filter((file) => !file.endsWith('.tgz'))) {
    expect(await readFile(join(clone, path), 'utf8'), path).not.toContain('\r');
  }
  const biome = join(repository, 'node_modules/.bin/biome');
  const { exitCode, all } = await execa(biome, ['format', '.'], {
    cwd: clone,
    all: true,
    reject: false,
  });
  expect(exitCode, all).toBe(0);
});

it('this repository has its own line endings there too', async () => {
  const clone = await windowsClone(repository);
  const texts = (await filesOf(clone)).filter((path) => /\.(ts|hbs|json|md|txt)$/.test(path));
  for (const path of texts.filter((file) => !file.startsWith('test/wire/'))) {
    expect(await readFile(join(clone, path), 'utf8'), path).not.toContain('\r');
  }
});
