import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { version } from '../../src/cli/package.ts';
import { builtTool, once } from '../generated/projects.ts';
import { nextRelease, nextVersion } from '../generated/releases.ts';
import { env, madeBy } from './old-project.ts';
import { emptyFolder, executables, run, treeOf, write } from './run-bin.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const service = 'src/modules/posts/posts.service.ts';
const original = '/** The rules for posts, independent of HTTP. */';
const newer = '/** All rules for posts, independent of HTTP. */';

type Edit = (text: string) => string;

/** A copy of a project that the present version made, with these edits. */
async function presentProject(edits: Record<string, Edit> = {}): Promise<string> {
  const made = await once('made-by-present', async (folder) => {
    await cp(await madeBy(), join(folder, 'shop'), { recursive: true });
  });
  const project = join(await emptyFolder(), 'shop');
  await cp(join(made, 'shop'), project, { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    const text = await readFile(join(project, path), 'utf8').catch(() => '');
    await write(project, path, edit(text));
  }
  return project;
}

/** The tool as the project would have it in node_modules. */
async function install(project: string): Promise<void> {
  const target = join(project, 'node_modules/create-backend');
  await cp(await builtTool(), target, { recursive: true });
}

const upgrade = async (cwd: string, args: string[] = [], more = {}) =>
  run('gen', ['upgrade', ...args], { cwd, env: { ...env, ...more }, tool: await nextRelease() });

describe('gen upgrade from this version to a later one', () => {
  it('merges what differs, adds files, deletes those that are gone, and dates migrations', async () => {
    const project = await presentProject();
    const { code, stdout, stderr } = await upgrade(project);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`   update  backend.lock.json
   create  src/db/migrations/20260101000002_create_tokens.ts
   create  src/http/added.ts
   update  src/modules/posts/posts.service.ts
   update  src/modules/users/users.service.ts
   delete  test/shell.test.ts
   update  package.json
   create  .backend/create-backend-${nextVersion}.tgz
   delete  .backend/create-backend-${version}.tgz

New in ${nextVersion}
  Added:
  - Something new.

✓ Upgraded the project from create-backend ${version} to ${nextVersion}.
  npm test         runs the tests
  npm run dev      migrates the embedded database and starts the server
  npm run migrate  migrates the database at DATABASE_URL
`);
    expect(await readFile(join(project, service), 'utf8')).toContain(newer);
    expect(await upgrade(project)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\n✓ Nothing to change/),
    });
  });

  it('does so on FastAPI, keeps edits there, and is taken back', async () => {
    const cwd = await madeBy(undefined, 'fastapi');
    const service = 'app/modules/posts/service.py';
    const text = await readFile(join(cwd, service), 'utf8');
    await write(cwd, service, `${text}\n\n# Ours.\n`);
    const before = await treeOf(cwd);
    const { code, stdout, stderr } = await upgrade(cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('   update  pyproject.toml\n');
    const tree = await treeOf(cwd);
    expect(tree[service]).toContain('"""All rules for posts, independent of HTTP."""');
    expect(tree[service]).toMatch(/\n# Ours\.\n$/);
    expect(tree['app/http/added.py']).toBe('ADDED = True\n');
    expect(tree).not.toHaveProperty('tests/test_lookup.py');
    expect(tree['pyproject.toml']).toContain(
      `version = ".backend/create-backend-${nextVersion}.tgz"`,
    );
    const tool = await nextRelease();
    expect(await run('gen', ['undo'], { cwd, tool })).toMatchObject({ code: 0 });
    expect(await treeOf(cwd)).toEqual(before);
  });

  it('is taken back, but for a migration that may have run', async () => {
    const project = await presentProject();
    const before = await treeOf(project);
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    const tool = await nextRelease();
    const { code, stdout, stderr } = await run('gen', ['undo'], { cwd: project, tool });
    expect(code).toBe(0);
    expect(stderr).toContain('It is unknown whether its migrations have run');
    const migration = 'src/db/migrations/20260101000002_create_tokens.ts';
    expect(stdout).toContain(
      `     kept  ${migration}  it has run, or may have run, so it is kept\n`,
    );
    const { [migration]: kept, ...rest } = await treeOf(project);
    expect(kept).toContain('export async function up()');
    expect(rest).toEqual(before);
  });

  it('keeps a file that is gone from the newer version, if it was edited', async () => {
    const project = await presentProject({ 'test/shell.test.ts': (text) => `${text}// mine\n` });
    const { code, stdout } = await upgrade(project);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '     kept  test/shell.test.ts  it is not generated any more, but has your edits',
    );
    expect(await readFile(join(project, 'test/shell.test.ts'), 'utf8')).toContain('// mine\n');
  });

  it('writes nothing on a conflict and lists it, then both versions if that is asked for', async () => {
    const project = await presentProject({
      [service]: (text) => text.replace(original, '/** Everything about posts. */'),
    });
    const before = await treeOf(project);
    const { code, stdout } = await upgrade(project, ['--json']);
    expect(code).toBe(2);
    const { notices } = JSON.parse(stdout).plan;
    expect(notices).toMatchObject([{ kind: 'conflict', path: service }]);
    expect(await treeOf(project)).toEqual(before);
    expect(await upgrade(project, ['--conflict=markers'])).toMatchObject({ code: 2 });
    const marked = `<<<<<<< yours\n/** Everything about posts. */\n=======\n${newer}\n>>>>>>> generated`;
    expect(await readFile(join(project, service), 'utf8')).toContain(marked);
  });

  it('refuses where a file is in the way, and takes it with --force', async () => {
    const project = await presentProject({ 'src/http/added.ts': () => 'mine\n' });
    const before = await treeOf(project);
    const { code, stderr } = await upgrade(project);
    expect(code).toBe(1);
    expect(stderr).toContain('src/http/added.ts exists already.');
    expect(stderr).toContain('Try: npx gen upgrade --force');
    expect(await treeOf(project)).toEqual(before);
    expect(await upgrade(project, ['--force'])).toMatchObject({ code: 0 });
    expect(await readFile(join(project, 'src/http/added.ts'), 'utf8')).toContain('added = true');
  });

  it('leaves edits of backend.json that were not applied for gen apply', async () => {
    const project = await presentProject({
      'backend.json': (text) => text.replace('"basePath": "/api"', '"basePath": "/v1"'),
    });
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    const tree = await treeOf(project);
    expect(tree['backend.json']).toContain('"basePath": "/v1"');
    expect(JSON.parse(tree['backend.lock.json'] ?? '')).toMatchObject({
      version: nextVersion,
      project: { basePath: '/api' },
    });
  });

  it('renders the base with the templates that the project has of its own', async () => {
    const project = await presentProject();
    expect(await run('gen', ['eject', 'endpoint'], { cwd: project })).toMatchObject({ code: 0 });
    const own = '.backend/templates/endpoint/src/modules/[path]/[path].service.ts.hbs';
    const text = await readFile(join(project, own), 'utf8');
    await write(project, own, text.replace('independent of HTTP', 'as we do it'));
    const generated = await readFile(join(project, service), 'utf8');
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    expect(await readFile(join(project, service), 'utf8')).toBe(generated);
  });

  it('asks the version in node_modules for the base, and installs the newer one', async () => {
    const project = await presentProject();
    await install(project);
    const npm = 'echo "$@" >> npm-was-asked';
    const PATH = `${await executables({ npm })}:${process.env.PATH}`;
    const { code, stdout } = await upgrade(project, [], { PATH });
    expect(code).toBe(0);
    expect(stdout).toContain('✓ Install the dependencies with npm');
    expect(await readFile(join(project, 'npm-was-asked'), 'utf8')).toBe('install\n');
    expect(await readFile(join(project, service), 'utf8')).toContain(newer);
  });
});

describe('gen upgrade, killed while it writes', () => {
  // The first two renames make the journal, the last one ends it.
  it.each([2, 3, 6, 9])('at rename %i: it is undone, and can be run again', async (at) => {
    const project = await presentProject();
    const before = await treeOf(project);
    const { code } = await upgrade(project, [], { NODE_OPTIONS: await killerAt(at) });
    expect(code).toBe(undefined);
    const looked = await upgrade(project, ['--dry-run']);
    expect(looked).toMatchObject({ code: 0 });
    if (at > 2)
      expect(looked.stderr).toContain('interrupted while writing: its changes were undone.');
    expect(await treeOf(project)).toEqual(before);
    expect(await upgrade(project)).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(project, service), 'utf8')).toContain(newer);
  });
});

/** Makes Node end itself, as hard as it can, in the place of one rename of `gen upgrade`. */
async function killerAt(at: number): Promise<string> {
  const folder = await emptyFolder();
  const script = `
    if (process.argv.includes('upgrade')) {
      const fs = require('node:fs');
      const { renameSync } = fs;
      let count = 0;
      fs.renameSync = (...paths) => {
        count += 1;
        if (count === ${at}) process.kill(process.pid, 'SIGKILL');
        renameSync(...paths);
      };
    }`;
  await write(folder, 'killer.cjs', script);
  return `--require ${join(folder, 'killer.cjs')}`;
}
