import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyFolder, executables, projectWith, run, shellEnv, start, treeOf } from './run-bin.ts';

/** Stands in for the program of the project that prints its document: that is a file here. */
const printing = 'cat openapi.test.json';

const documentOf = (...paths: string[]) =>
  JSON.stringify({
    openapi: '3.1.0',
    paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: { 200: {} } } }])),
  });

let project: string;
let temporary: string;

const git = async (...args: string[]) =>
  execa('git', args, {
    cwd: project,
    env: {
      ...shellEnv(),
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
    extendEnv: false,
  });

async function commit(...paths: string[]): Promise<void> {
  await writeFile(join(project, 'openapi.test.json'), documentOf(...paths));
  await git('add', '--all');
  await git('commit', '-q', '-m', 'Change the API');
}

const environment = async (tsx: string) => ({
  PATH: `${await executables({ tsx })}:${process.env.PATH}`,
  TMPDIR: temporary,
});

async function diff(revision: string, { tsx = printing, cwd = project, flags = [''] } = {}) {
  const args = ['diff-api', revision, ...flags.filter(Boolean)];
  return run('gen', args, { cwd, env: await environment(tsx) });
}

beforeEach(async () => {
  project = await projectWith('posts title');
  temporary = await emptyFolder();
  await git('init', '-q', '-b', 'main');
  await commit('/posts', '/tags');
});

describe('gen diff-api', () => {
  it('lists what breaks clients and where, exits with 1, and changes nothing', async () => {
    await writeFile(join(project, 'openapi.test.json'), documentOf('/posts'));
    await git('add', 'openapi.test.json');
    await writeFile(join(project, 'untracked'), '');
    const before = await treeOf(project);
    expect(await diff('HEAD')).toEqual({
      code: 1,
      stdout: `✗ the call is not answered any more: breaks all clients that make it
    GET  /tags

✗ 1 change breaks clients since HEAD.
`,
      stderr: '',
    });
    expect(await treeOf(project)).toEqual(before);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('is content with what breaks nobody', async () => {
    await writeFile(join(project, 'openapi.test.json'), documentOf('/posts', '/tags', '/more'));
    expect(await diff('main')).toEqual({
      code: 0,
      stdout: '✓ Nothing breaks clients since main.\n',
      stderr: '',
    });
  });

  it('prints one JSON document', async () => {
    const { stdout: head } = await git('rev-parse', 'HEAD');
    const same = await diff('HEAD', { flags: ['--json'] });
    expect(JSON.parse(same.stdout)).toEqual({
      revision: 'HEAD',
      commit: head,
      breaks: [],
      result: { status: 'compatible' },
    });
    await commit('/tags');
    const { code, stdout } = await diff(head, { flags: ['--json'] });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      breaks: [{ rule: 'operation-removed', method: 'GET', path: '/posts' }],
      result: { status: 'breaks' },
    });
  });

  it('works in a folder of a project that is below the root of its repository', async () => {
    const root = await emptyFolder();
    await cp(project, join(root, 'apps/shop'), { recursive: true });
    await rm(join(root, 'apps/shop/.git'), { recursive: true });
    project = root;
    await git('init', '-q');
    project = join(root, 'apps/shop');
    await commit('/posts');
    await writeFile(join(project, 'openapi.test.json'), documentOf());
    const { code, stdout } = await diff('HEAD', { cwd: join(project, 'src') });
    expect(code).toBe(1);
    expect(stdout).toContain('GET  /posts');
  });

  it('compares backend.json instead where the code of then does not run, and says so', async () => {
    await writeFile(join(project, 'broken'), '');
    await commit('/posts');
    await rm(join(project, 'broken'));
    const tsx = `if [ -e broken ]; then echo 'Error: it is broken' >&2; exit 1; fi
if [ -e openapi.test.json ]; then ${printing}; exit; fi
grep -q posts src/routes.ts && echo '${documentOf('/posts', '/of-the-manifest')}'`;
    const { code, stdout, stderr } = await diff('HEAD', { tsx });
    expect(code).toBe(1);
    expect(stdout).toContain('GET  /of-the-manifest\n');
    expect(
      stderr,
    ).toBe(`! The code of HEAD does not run with the dependencies of now: Error: it is broken.
  Its backend.json was compared instead, which knows no routes and edits by hand.
`);
    await rm(join(project, 'src/openapi.ts'));
    await git('commit', '-qam', 'Remove the script');
    const { stdout: both, stderr: why } = await diff('HEAD', { tsx });
    expect(both).toBe('✓ Nothing breaks clients since HEAD.\n');
    expect(why).toContain('! The project has no src/openapi.ts.\n');
  });

  it.each([
    [
      'the code of now does not run',
      "echo 'Error: no such thing' >&2; exit 1",
      'Error: no such thing',
    ],
    ['it prints something else', 'echo hello', 'it printed no OpenAPI document'],
    ['it prints other JSON', 'echo {}', 'it printed no OpenAPI document'],
  ])('refuses where %s', async (_case, tsx, reason) => {
    const { code, stderr } = await diff('HEAD', { tsx });
    expect(code).toBe(1);
    expect(stderr).toBe(`✗ The project does not print its OpenAPI document: ${reason}.
  Expected \`tsx src/openapi.ts\` to print it.

Try: npm install
`);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const env = await environment(`touch '${temporary}/asked'; exec sleep 60`);
    const { child } = await start('gen', ['diff-api', 'HEAD'], { cwd: project, env });
    await vi.waitFor(async () => expect(await readdir(temporary)).toHaveLength(2), 20_000);
    child.kill('SIGINT');
    expect(await child).toMatchObject({ exitCode: 130, stdout: '' });
    expect(await readdir(temporary)).toEqual(['asked']);
  });
});

describe('gen diff-api refuses, and says what helps,', () => {
  const tried = async (revision: string) => {
    const { code, stdout, stderr } = await diff(revision);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return [stderr.split('\n')[0], stderr.trimEnd().split('\n').at(-1)];
  };

  it('a revision that there is not', async () => {
    expect(await tried('nowhere')).toEqual([
      '✗ There is no `nowhere` in this repository.',
      'Try: git fetch --tags',
    ]);
    await git('remote', 'add', 'origin', 'https://example.com');
    expect(await tried('origin/next/one')).toEqual([
      '✗ There is no `origin/next/one` in this repository.',
      'Try: git fetch origin next/one:refs/remotes/origin/next/one',
    ]);
  });

  it('a revision that a shallow clone does not have, by a command that gets it', async () => {
    const source = project;
    await commit('/posts');
    await git('checkout', '-q', '-b', 'topic');
    await commit();
    project = join(await emptyFolder(), 'clone');
    await mkdir(project);
    await git('clone', '-q', '--depth=1', '--branch=topic', `file://${source}`, '.');
    expect(await tried('HEAD~1')).toEqual([
      '✗ There is no `HEAD~1` here: only some commits of this repository were fetched.',
      'Try: git fetch --unshallow --tags',
    ]);
    const [, command = ''] = await tried('origin/main');
    expect(command).toBe('Try: git fetch --depth=1 origin main:refs/remotes/origin/main');
    await git(...command.replace('Try: git ', '').split(' '));
    expect(await diff('origin/main')).toMatchObject({ code: 1, stderr: '' });
  });

  it('a revision without the project, and a project without a repository', async () => {
    await git('checkout', '-q', '--orphan', 'empty');
    await git('rm', '-rqf', '--cached', '.');
    await git('commit', '-q', '--allow-empty', '-m', 'Nothing');
    expect(await tried('empty')).toEqual([
      '✗ There is no backend.json in this folder in `empty`.',
      'Try: git log --oneline -- backend.json',
    ]);
    await rm(join(project, '.git'), { recursive: true });
    const [found] = await tried('main');
    expect(found).toBe('✗ This project is in no git repository, or git refuses to read it.');
  });
});
