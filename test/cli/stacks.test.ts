import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, vi } from 'vitest';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyFolder, executables, projectOn, run, treeOf } from './run-bin.ts';

vi.setConfig({ testTimeout: 120_000 });

type Row = {
  stack: keyof typeof stacks;
  /** A file of the endpoint `posts`, and a line that a person may write at its end. */
  file: string;
  comment: string;
  /** The file of all routes, and what it has for the endpoints `tags` and `labels`. */
  routes: string;
  tags: string;
  labels: string;
  runner: string;
  install: string;
};

const rows: Row[] = [
  {
    stack: 'express',
    file: 'src/modules/posts/posts.schema.ts',
    comment: '// mine',
    routes: 'src/routes.ts',
    tags: 'router.use(tagsRoutes(deps));',
    labels: 'router.use(labelsRoutes(deps));',
    runner: 'npx gen',
    install: 'npm install',
  },
  {
    stack: 'fastapi',
    file: 'app/modules/posts/schemas.py',
    comment: '# mine',
    routes: 'app/routes.py',
    tags: 'api.include_router(tags_router)',
    labels: 'api.include_router(labels_router)',
    runner: 'uv run python -m gen',
    install: 'uv sync',
  },
];

it('is tried with every stack', () => {
  expect(rows.map(({ stack }) => stack)).toEqual(Object.keys(stacks));
});

/** Without migrations, which stay where nobody can tell whether they ran, and their record. */
async function codeOf(folder: string) {
  const files = Object.entries(await treeOf(folder));
  const isCode = (path: string) => !/migrations\/|backend\.lock\.json$/.test(path);
  return Object.fromEntries(files.filter(([path]) => isCode(path)));
}

describe.each(rows)('a project on $stack', (row) => {
  async function made() {
    const folder = await emptyFolder();
    const flags = ['--stack', row.stack, '--no-install', '--no-git', '--yes'];
    const created = await run('create-backend', ['shop', ...flags], { cwd: folder });
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const cwd = join(folder, 'shop');
    const gen = async (line: string) => {
      const ended = await run('gen', line.split(' '), { cwd });
      expect({ line, code: ended.code, stderr: ended.stderr }).toEqual({
        line,
        code: 0,
        stderr: '',
      });
      return ended.stdout;
    };
    const read = (path: string) => readFile(join(cwd, path), 'utf8');
    return { cwd, created, gen, read };
  }

  it('says what to type next in the words of its language', async () => {
    const { created, gen } = await made();
    expect(created.stdout).toContain(`\n  ${row.install}\n`);
    expect(created.stdout).toContain(`\n  ${row.runner} endpoint posts title:string body:text\n`);
    expect(await gen('list')).toMatch(/^GET +\/health +public +\S+$/m);
    const effects = (await gen('endpoint posts title')).split('✓').at(-1)?.split('\n').slice(1, 4);
    const columns = effects?.map((line) => line.search(/ {2}(runs|migrates) /));
    expect(columns).toEqual([columns?.[0], columns?.[0], columns?.[0]]);
    expect(columns?.[0]).toBeGreaterThan(0);
  });

  it('tells the runner of the project also before it is read', async () => {
    const { cwd } = await made();
    const runner = row.runner.replace(/ gen$/, '');
    const refused = await run('gen', ['endpoint', '--wrong'], {
      cwd,
      env: { CREATE_BACKEND_RUNNER: runner },
    });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`\nTry: ${row.runner} endpoint --help\n`);
  });

  it('grows, keeps edits, is renamed, shrinks and goes back', async () => {
    const { cwd, gen, read } = await made();
    await gen('endpoint posts title:string');
    await writeFile(join(cwd, row.file), `${await read(row.file)}\n${row.comment}\n`);
    await gen('field add posts body:text:optional rating:integer:optional');
    await gen('field rename posts body content');
    await gen('field change posts title:string:max=99');
    await gen('field remove posts rating --force');
    expect(await read(row.file)).toMatch(new RegExp(`\\n${row.comment}\\n$`));
    await gen('endpoint tags label:string:unique post:ref:posts');
    expect(await read(row.routes)).toContain(row.tags);
    await gen('endpoint rename tags labels');
    expect(await read(row.routes)).toContain(row.labels);
    expect(await read(row.routes)).not.toContain(row.tags);
    const before = await codeOf(cwd);
    await gen('remove endpoint labels --force');
    expect(await read(row.routes)).not.toContain('labels');
    const undone = await run('gen', ['undo', '--force'], { cwd });
    expect(undone.code).toBe(0);
    expect(await codeOf(cwd)).toEqual(before);
    const status = await gen('status');
    expect(status).toContain('The code matches backend.json.');
    // A program of that name may be on the path of whoever runs the tests.
    expect(status).toMatch(/unknown which migrations have run: .*(not installed|find package)/);
    expect(await gen('apply')).toContain('Nothing to change');
    expect(await gen('upgrade')).toContain('Nothing to change');
    expect(await gen('list')).not.toContain('may add routes');
    expect(await gen('list --access')).toMatch(/^labels +list, get, create/m);
    expect(await gen('diagram')).toContain('"posts"');
  });

  it('gets accounts and loses them again, beside what a person wrote', async () => {
    const cwd = await projectOn(row.stack, 'posts title');
    await writeFile(
      join(cwd, row.file),
      `${await readFile(join(cwd, row.file), 'utf8')}\n${row.comment}\n`,
    );
    const { 'backend.json': before = '', ...code } = await codeOf(cwd);
    const apply = async (text: string, ...flags: string[]) => {
      await writeFile(join(cwd, 'backend.json'), text);
      return run('gen', ['apply', ...flags], { cwd });
    };
    const withAccounts = JSON.parse(before);
    withAccounts.auth = 'jwt';
    withAccounts.endpoints.posts.access = { update: 'moderator', delete: 'admin' };
    expect(await apply(JSON.stringify(withAccounts))).toMatchObject({ code: 0, stderr: '' });
    expect(await codeOf(cwd)).not.toMatchObject(code);
    const refused = await apply(before);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('The table `users` is dropped with all its rows.');
    expect(await apply(before, '--force')).toMatchObject({ code: 0, stderr: '' });
    const { '.env': _, ...after } = await codeOf(cwd);
    expect(after).toEqual({ ...code, 'backend.json': before });
  });

  it('shows a plan without writing, as JSON too, and takes templates of its own', async () => {
    const { cwd, gen, read } = await made();
    const before = await treeOf(cwd);
    expect(await gen('endpoint posts title:string --dry-run')).toContain(row.file);
    const { plan } = JSON.parse(await gen('endpoint posts title:string --dry-run --json'));
    expect(plan.changes.map(({ path }: { path: string }) => path)).toContain(row.routes);
    expect(await gen('endpoint posts title:string --diff')).toContain(`+++ b/${row.routes}`);
    expect(await treeOf(cwd)).toEqual(before);
    await gen('eject endpoint');
    await gen('endpoint posts title:string');
    expect(await read(row.routes)).toContain('posts');
    expect(await gen('status')).toContain('The code matches backend.json.');
  });

  it('is told by hand where its file of routes is beyond repair', async () => {
    const { cwd, gen, read } = await made();
    const broken = `${await read(row.routes)}\n((\n`;
    await writeFile(join(cwd, row.routes), broken);
    const told = await run('gen', ['endpoint', 'posts', 'title:string'], { cwd });
    expect(told.code).toBe(1);
    expect(told.stderr).toContain('the file has syntax errors');
    expect(await read(row.routes)).toBe(broken);
    await writeFile(join(cwd, row.routes), broken.replace('\n((\n', ''));
    await gen('endpoint posts title:string');
    expect(await read(row.routes)).toContain('posts');
  });
});

describe('gen.py says what it needs', () => {
  it.each([
    ['without Node', {}, '0.3.0', 'gen needs npm, of Node 20.19 or later: https://nodejs.org'],
    ['offline', { npm: 'exit 1' }, '0.3.0', 'which takes the npm registry once: try again online'],
    ['where it is packed', { npm: 'exit 1' }, './tool.tgz', './tool.tgz could not be installed\n'],
  ])('%s', async (_, programs, version, told) => {
    const cwd = await projectOn('fastapi');
    const path = join(cwd, 'pyproject.toml');
    const text = await readFile(path, 'utf8');
    const pinned = text.replace(/(?<=create-backend\]\nversion = ")[^"]*/, version);
    expect(pinned).not.toBe(text);
    await writeFile(path, pinned);
    const { stdout: python } = await execa('python3', ['-c', 'import sys; print(sys.executable)']);
    const env = { PATH: await executables(programs) };
    const ended = await execa(python, ['gen.py', 'list'], { cwd, env, reject: false });
    expect(ended.exitCode).toBe(1);
    expect(`${ended.stderr}\n`).toContain(told);
  });
});

describe('where there is no uv', () => {
  it('Python brings it into the project, and people are told to enter it first', async () => {
    const folder = await emptyFolder();
    const log = join(folder, 'runs');
    const say = (name: string) => `echo "${name} $@" >> ${log}`;
    const script = (name: string) =>
      `printf '#!/bin/sh\\necho "${name} $*" >> ${log}\\n' > .venv/bin/${name}; chmod 755 .venv/bin/${name}`;
    const found = await executables({
      python3:
        `${say('python3')}; /bin/mkdir -p .venv/bin; ${script('pip')}; ${script('uv')}`.replaceAll(
          'chmod',
          '/bin/chmod',
        ),
    });
    const made = await run('create-backend', ['shop', '--stack', 'fastapi', '--no-git', '--yes'], {
      cwd: folder,
      env: { PATH: found },
    });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect((await readFile(log, 'utf8')).split('\n')).toEqual([
      'python3 -m venv .venv',
      'pip install --quiet uv',
      'uv sync --quiet',
      '',
    ]);
    expect(made.stdout).toContain('Next:\n  cd shop\n  . .venv/bin/activate\n  uv run ');
  });

  it('nor Python, says what to do', async () => {
    const folder = await emptyFolder();
    const made = await run('create-backend', ['shop', '--stack', 'fastapi', '--no-git', '--yes'], {
      cwd: folder,
      env: { PATH: await executables({}) },
    });
    expect(made.code).toBe(1);
    expect(made.stdout).toContain('Still to do:\n  cd shop\n  uv sync --quiet\n');
    expect(made.stdout).toContain('python3 was not found');
  });
});
