import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run, shellEnv, treeOf, write } from './run-bin.ts';
import { signalledAt } from './signalled.ts';

/** A repository as a code host makes it, cloned: with one commit. */
async function newRepository(name: string, files: Record<string, string>): Promise<string> {
  const cwd = join(await emptyFolder(), name);
  for (const [path, text] of Object.entries(files)) await write(cwd, path, text);
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  for (const args of [
    ['init', '-b', 'trunk'],
    ['add', '-A'],
    [...who, 'commit', '-m', 'Initial'],
  ]) {
    await execa('git', args, { cwd, env: shellEnv() });
  }
  return cwd;
}

describe('in a new repository of a code host', () => {
  const theirs = {
    'README.md': '# Shop\r\n\r\nOurs, with two spaces.  ',
    LICENSE: 'MIT License\n',
    '.gitignore': '# Node\nnode_modules/\n*.tgz\n.env.*\n!.env.example',
  };
  const git = async (cwd: string, ...args: string[]) => {
    const { stdout } = await execa('git', args, { cwd, env: shellEnv(), reject: false });
    return stdout;
  };

  it('makes the project, keeps their files, and leaves what is committed to them', async () => {
    const cwd = await newRepository('shop', theirs);
    const before = await git(cwd, 'log', '--format=%H');
    const { code, stdout, stderr } = await run('create-backend', ['.', '--yes', '--no-install'], {
      cwd,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('   update  .gitignore\n');
    expect(stdout).toContain(
      '     kept  README.md  your file is kept; AGENTS.md explains the project',
    );
    expect(stdout).toContain(
      'The folder is in a git repository already: nothing is added or committed.\n',
    );
    const { '.gitignore': ignored = '', ...rest } = await treeOf(cwd);
    expect(rest).toMatchObject({ 'README.md': theirs['README.md'], LICENSE: theirs.LICENSE });
    expect(ignored.startsWith(`${theirs['.gitignore']}\n`)).toBe(true);
    expect(await git(cwd, 'log', '--format=%H')).toBe(before);
    expect(await git(cwd, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk');
    expect(await git(cwd, 'diff', '--cached', '--name-only')).toBe('');
    const status = await git(cwd, 'status', '--porcelain', '--untracked-files=all');
    expect(status).toContain('?? backend.json');
    expect(status).toMatch(/^\?\? \.backend\/create-backend-.*\.tgz$/m);
    expect(status).not.toMatch(/ \.env$/m);
    const grown = await run('gen', ['endpoint', 'posts', 'title'], { cwd });
    expect(grown).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows before what it would do', async () => {
    const cwd = await newRepository('shop', theirs);
    const before = await treeOf(cwd);
    const { code, stdout } = await run('create-backend', ['.', '--yes', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('   update  .gitignore\n');
    expect(stdout).toContain('     kept  README.md  ');
    expect(stdout).toContain('nothing is added or committed.\n');
    expect(stdout).not.toContain('git init');
    expect(await treeOf(cwd)).toEqual(before);
  });

  it('takes the name of the folder as near as npm allows', async () => {
    const cwd = await newRepository('My-Shop', { 'README.md': '# My shop\n' });
    const { code } = await run('create-backend', ['.', '--yes', '--no-install'], { cwd });
    expect(code).toBe(0);
    const { name } = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8'));
    expect(name).toBe('my-shop');
  });

  it('leaves it as it was where one more file is in it', async () => {
    const cwd = await newRepository('shop', { ...theirs, 'index.js': '' });
    const before = await treeOf(cwd);
    const { code, stderr } = await run('create-backend', ['.', '--yes'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('is not empty: it has index.js.\n');
    expect(await treeOf(cwd)).toEqual(before);
  });

  it('is made after one that was killed there', async () => {
    const cwd = await newRepository('shop', theirs);
    const env = await signalledAt('src/main.ts', 'SIGKILL');
    const args = ['.', '--yes', '--no-install'];
    expect((await run('create-backend', args, { cwd, env })).code).toBeUndefined();
    expect(await run('create-backend', args, { cwd })).toMatchObject({ code: 0, stderr: '' });
    const { '.gitignore': ignored = '', ...rest } = await treeOf(cwd);
    expect(rest).toMatchObject({ 'README.md': theirs['README.md'], LICENSE: theirs.LICENSE });
    expect(ignored.split('dist/')).toHaveLength(2);
  });
});
