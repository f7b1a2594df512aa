import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { version } from '../../src/cli/package.ts';
import { emptyFolder, executables, shellEnv } from '../cli/run-bin.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = join(root, 'node_modules/.bin/tsx');
const program = (name: string) => join(root, `test/toy/${name}.ts`);

/** A program of this tool that knows the toy and nothing else. */
async function run(name: 'gen' | 'create-backend', args: string[], cwd: string, env = {}) {
  const result = await execa(tsx, [program(name), ...args], {
    cwd,
    env: shellEnv({ SOURCE_DATE_EPOCH: '1767225600', ...env }),
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  return { code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

async function create(env = {}): Promise<string> {
  const folder = await emptyFolder();
  const args = ['shop', '--auth', 'none', '--no-install', '--no-git', '--yes'];
  const { code, stdout, stderr } = await run('create-backend', args, folder, env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('rocks install');
  expect(stdout).toContain('rocks run gen endpoint posts title:string body:text');
  return join(folder, 'shop');
}

const read = (project: string, path: string) => readFile(join(project, path), 'utf8');

async function edit(project: string, path: string, change: (text: string) => string) {
  await writeFile(join(project, path), change(await read(project, path)));
}

async function gen(project: string, line: string, env = {}) {
  const ended = await run('gen', line.split(' '), project, env);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout;
}

const migrationsOf = async (project: string) =>
  (await readdir(join(project, 'migrations'))).map((name) => name.replace(/^\d+_/, ''));

describe('a stack that only the tests have', () => {
  let project: string;
  beforeAll(async () => {
    project = await create();
  });

  it('makes a project with its own files, its own package manager and its own comments', async () => {
    expect((await readdir(project)).sort()).toEqual([
      '.backend',
      'app.lua',
      'backend.json',
      'backend.lock.json',
    ]);
    expect(JSON.parse(await read(project, 'backend.json'))).toEqual({
      name: 'shop',
      stack: 'toy',
      auth: 'none',
      basePath: '/api',
      packageManager: 'rocks',
      endpoints: {},
    });
    expect(await read(project, 'app.lua')).toBe(
      `-- shop answers below /api.\n-- tool: .backend/create-backend-${version}.tgz\n` +
        'local app = require("toy").app("/api")\n\nreturn app\n',
    );
  });

  it('adds endpoints, wired, with the SQL that every stack shares', async () => {
    await gen(project, 'endpoint posts title:string');
    const told = await gen(project, 'endpoint tags label:string:unique post:ref:posts');
    expect(told).toContain('rocks run tests');
    expect(await read(project, 'app.lua')).toContain(
      '\napp.mount(require("posts"))\napp.mount(require("tags"))\n\nreturn app\n',
    );
    expect(await read(project, 'posts.lua')).toBe(
      '-- What callers do with posts.\nlocal posts = require("toy").resource("posts")\n\n' +
        'posts.field("title", "string")\n\nreturn posts\n',
    );
    expect(await migrationsOf(project)).toEqual(['create_posts.sql', 'create_tags.sql']);
    const [first = ''] = await readdir(join(project, 'migrations'));
    expect(await read(project, `migrations/${first}`)).toContain('title varchar(255) not null');
  });

  it('refuses what its rules refuse, and suggests how it is run', async () => {
    const words = await run('gen', ['endpoint', 'end', 'title:string'], project);
    expect(words.code).toBe(1);
    const kept = await run(
      'gen',
      ['endpoint', 'apps', 'self:string', 'kind:enum:self,other'],
      project,
    );
    expect(kept.stderr).toContain('`apps` already means something else in Lua.');
    expect(kept.stderr).toContain('`self` is reserved by Lua.');
    expect(kept.stderr).toContain('Try: rocks run gen endpoint');
    const folder = await emptyFolder();
    const named = await run('create-backend', ['My-Shop', '--yes'], folder);
    expect(named.stderr).toContain('Expected small letters and `_`.');
    const managed = await run('create-backend', ['shop', '--package-manager', 'crates'], folder);
    expect(managed.stderr).toContain('Expected `rocks`.');
  });

  it('adds a field beside an edit, renames, removes, and takes back', async () => {
    await edit(project, 'posts.lua', (text) =>
      text.replace('return posts', '-- mine\nreturn posts'),
    );
    await gen(project, 'field add posts body:text:optional');
    expect(await read(project, 'posts.lua')).toBe(
      '-- What callers do with posts.\nlocal posts = require("toy").resource("posts")\n\n' +
        'posts.field("title", "string")\nposts.field("body", "text")\n\n-- mine\nreturn posts\n',
    );
    await gen(project, 'field rename posts body content');
    await gen(project, 'endpoint rename tags labels');
    expect(await read(project, 'app.lua')).toContain('\napp.mount(require("labels"))\n');
    expect(await read(project, 'labels.lua')).toContain('return labels');
    await gen(project, 'remove endpoint labels --force');
    expect(await read(project, 'app.lua')).not.toContain('labels');
    const undone = await run('gen', ['undo', '--force'], project);
    expect(undone.code).toBe(0);
    expect(undone.stderr).toContain('It is unknown whether its migrations have run');
    expect(await read(project, 'app.lua')).toContain('\napp.mount(require("labels"))\n');
    expect(await migrationsOf(project)).toEqual(
      expect.arrayContaining([
        'add_body_to_posts.sql',
        'rename_body_to_content_in_posts.sql',
        'rename_tags_to_labels.sql',
      ]),
    );
  });

  it('takes a migration back that has not run, as its own program tells', async () => {
    const before = await readdir(join(project, 'migrations'));
    await gen(project, 'endpoint notes text:string');
    const [last = ''] = (await readdir(join(project, 'migrations'))).slice(-1);
    await writeFile(join(project, 'database.txt'), `pending ${last.replace('.sql', '')}\n`);
    expect(await gen(project, 'status')).toMatch(/1 migration is pending: rocks run migrate/);
    await gen(project, 'undo');
    expect(await readdir(join(project, 'migrations'))).toEqual(before);
  });

  it('applies what was edited by hand', async () => {
    await edit(project, 'backend.json', (text) => text.replace('"/api"', '"/v1"'));
    await gen(project, 'apply');
    expect(await read(project, 'app.lua')).toContain('require("toy").app("/v1")');
    await edit(project, 'backend.json', (text) => text.replace('"/v1"', '"/ping"'));
    const { stderr } = await run('gen', ['apply'], project);
    expect(stderr).toContain('and none below /ping.');
    await edit(project, 'backend.json', (text) => text.replace('"/ping"', '"/v1"'));
  });

  it('tells the state, and lists the routes', async () => {
    await writeFile(join(project, 'database.txt'), '');
    const status = await gen(project, 'status');
    expect(status).toContain('endpoint  mount  migrations');
    expect(status).toContain('1 edited');
    expect(status).toContain('The code matches backend.json.');
    expect(await gen(project, 'list')).toMatch(/GET +\/v1\/posts\/:id +public +posts\.lua/);
  });

  it('makes endpoints from templates of its own', async () => {
    await gen(project, 'eject endpoint');
    const own = '.backend/templates/endpoint/[path].lua.hbs';
    await edit(project, own, (text) => text.replace('What callers do with', 'Ours:'));
    await gen(project, 'endpoint events title:string');
    expect(await read(project, 'events.lua')).toMatch(/^-- Ours: events\.\n/);
  });
});

describe('a project on it that an earlier version made', () => {
  const earlier = { TOY_VERSION: 'first' };

  it('is upgraded with its edits, and installed by its own package manager', async () => {
    const project = await create(earlier);
    await gen(project, 'endpoint posts title:string', earlier);
    expect(await read(project, 'posts.lua')).toMatch(/^-- posts\n/);
    await edit(project, 'posts.lua', (text) =>
      text.replace('return posts', '-- mine\nreturn posts'),
    );
    await edit(project, 'backend.lock.json', (text) => text.replace(`"${version}"`, '"0.0.9"'));
    const [file, old] = [version, '0.0.9'].map((each) => `.backend/create-backend-${each}.tgz`);
    await rename(join(project, file ?? ''), join(project, old ?? ''));
    await edit(project, 'app.lua', (text) => text.replace(file ?? '', old ?? ''));
    await install(project, '0.0.9');
    const rocks = await executables({ rocks: 'echo "$@ $ROCKS_QUIET" >> rocks-were-asked' });
    const told = await gen(project, 'upgrade --force', { PATH: `${rocks}:${process.env.PATH}` });
    expect(await read(project, 'rocks-were-asked')).toBe('install 1\n');
    expect(told).toContain(`Upgraded the project from create-backend 0.0.9 to ${version}.`);
    expect(await read(project, 'app.lua')).toContain(`-- tool: ${file}\n`);
    expect(await read(project, 'posts.lua')).toMatch(/^-- What callers do with posts\.\n/);
    expect(await read(project, 'posts.lua')).toContain('-- mine\n');
    expect(await read(project, 'app.lua')).toContain('app.mount(require("posts"))');
  });

  /** The earlier version as its package manager would install it: the same toy with older texts. */
  async function install(project: string, old: string): Promise<void> {
    const bin = join(project, 'rocks/create-backend/bin');
    await mkdir(bin, { recursive: true });
    const about = JSON.stringify({ name: 'create-backend', version: old, type: 'module' });
    await writeFile(join(bin, '../package.json'), about);
    const script = `import { spawnSync } from 'node:child_process';
const args = [${JSON.stringify(program('gen'))}, ...process.argv.slice(2)];
const env = { ...process.env, TOY_VERSION: 'first' };
process.exitCode = spawnSync(${JSON.stringify(tsx)}, args, { stdio: 'inherit', env }).status ?? 1;
`;
    await writeFile(join(bin, 'gen.js'), script);
  }
});
