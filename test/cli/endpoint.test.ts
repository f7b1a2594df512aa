import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from './run-bin.ts';
import { emptyFolder, projectWith, run, shellEnv, treeOf, write } from './run-bin.ts';

const endpoint = (cwd: string, command: string, env = {}): Promise<Ended> =>
  run('gen', ['endpoint', ...command.split(' ').filter(Boolean)], { cwd, env });

/** What differs between two states of a project. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}

describe('gen endpoint', () => {
  it('writes what it lists, wires it, and says what to type next', async () => {
    const project = await projectWith();
    const before = await treeOf(project);
    const { code, stdout, stderr } = await endpoint(project, 'posts title:string:max=120');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const after = await treeOf(project);
    const listed = [...stdout.matchAll(/^ +(?:create|update) {2}(\S+)$/gm)].map(([, path]) => path);
    const files = changed(before, after).filter((path) => !/src\/modules(\/posts)?$/.test(path));
    expect(files).toEqual(listed.sort());
    expect(after['src/routes.ts']).toContain('postsRoutes(deps)');
    expect(after['src/db/tables.ts']).toContain('posts: PostsTable;');
    expect(
      stdout.endsWith(`
✓ Added /api/posts with its table and its tests.
  npm test         runs the tests
  npm run dev      migrates the embedded database and starts the server
  npm run migrate  migrates the database at DATABASE_URL
`),
    ).toBe(true);
  });

  it('works on the project from a folder inside of it', async () => {
    const project = await projectWith();
    const { code } = await endpoint(join(project, 'src/db'), 'posts title');
    expect(code).toBe(0);
    expect((await treeOf(project))['src/routes.ts']).toContain('postsRoutes');
  });

  it('changes nothing the second time, and says so', async () => {
    const project = await projectWith('posts title:string');
    const before = await treeOf(project);
    const { code, stdout } = await endpoint(project, 'posts title:string');
    expect(code).toBe(0);
    expect(stdout).toContain('     same  src/modules/posts/posts.routes.ts\n');
    expect(stdout).toContain('✓ Nothing to change: backend.json has the endpoint posts already.\n');
    expect(await treeOf(project)).toEqual(before);
  });

  it('leaves a file that was deleted deleted', async () => {
    const project = await projectWith('posts title');
    await rm(join(project, 'src/modules/posts/posts.test.ts'));
    const before = await treeOf(project);
    const { code, stdout } = await endpoint(project, 'posts title');
    expect(code).toBe(0);
    expect(stdout).toContain(
      '     kept  src/modules/posts/posts.test.ts  you deleted it, so it is not created again\n',
    );
    expect(await treeOf(project)).toEqual(before);
  });

  it('keeps what was edited', async () => {
    const project = await projectWith('posts title');
    await write(project, 'src/modules/posts/posts.service.ts', '// mine\n');
    const { code, stdout } = await endpoint(project, 'posts title');
    expect(code).toBe(0);
    expect(stdout).toContain('     kept  src/modules/posts/posts.service.ts  it has your edits\n');
    expect((await treeOf(project))['src/modules/posts/posts.service.ts']).toBe('// mine\n');
  });

  it('refuses to replace a file that is not its own, until --force says so', async () => {
    const project = await projectWith();
    await write(project, 'src/modules/posts/posts.routes.ts', '// mine\n');
    const before = await treeOf(project);
    const { code, stderr } = await endpoint(project, 'posts title');
    expect(code).toBe(1);
    expect(stderr).toContain('src/modules/posts/posts.routes.ts exists already.');
    expect(stderr).toContain('Try: npx gen endpoint posts title --force\n');
    expect(await treeOf(project)).toEqual(before);
    expect((await endpoint(project, 'posts title --force')).code).toBe(0);
    expect((await treeOf(project))['src/modules/posts/posts.routes.ts']).toContain('Router');
  });

  it.each([
    ['pnpm', 'pnpm test', 'pnpm run dev', 'Try: pnpm exec gen endpoint '],
    ['yarn', 'yarn test', 'yarn run dev', 'Try: yarn gen endpoint '],
    ['bun', 'bun run test', 'bun run dev', 'Try: bun run gen endpoint '],
  ])('speaks of %s in a project that uses it', async (manager, test, dev, command) => {
    const cwd = await emptyFolder();
    const flags = ['--no-install', '--no-git', '--package-manager', manager];
    await run('create-backend', ['shop', ...flags], { cwd });
    const { stdout } = await endpoint(join(cwd, 'shop'), 'posts title');
    expect(stdout).toContain(`  ${test} `);
    expect(stdout).toContain(`  ${dev} `);
    expect((await endpoint(join(cwd, 'shop'), 'tags title:strin')).stderr).toContain(command);
  });
});

describe('a look before the change', () => {
  it('--dry-run lists what would change', async () => {
    const project = await projectWith();
    const before = await treeOf(project);
    const { code, stdout } = await endpoint(project, 'posts title --dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('   create  src/modules/posts/posts.routes.ts\n');
    expect(stdout).toContain('   update  src/routes.ts\n');
    expect(stdout.endsWith('\nDry run: nothing was written.\n')).toBe(true);
    expect(await treeOf(project)).toEqual(before);
  });

  it('--diff is a patch that git applies to the very same result', async () => {
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const project = await projectWith();
    const before = await treeOf(project);
    const { code, stdout, stderr } = await endpoint(project, 'posts title --diff', env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await treeOf(project)).toEqual(before);
    const other = await projectWith();
    await execa('git', ['apply', '-'], { cwd: other, input: stdout, env: shellEnv() });
    await endpoint(project, 'posts title', env);
    expect(await treeOf(other)).toEqual(await treeOf(project));
  });

  it('--json holds the very contents that are written then', async () => {
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const project = await projectWith();
    const planned = JSON.parse(
      (await endpoint(project, 'posts title --dry-run --json', env)).stdout,
    );
    const done = JSON.parse((await endpoint(project, 'posts title --json', env)).stdout);
    expect(planned.result).toEqual({ status: 'dry-run' });
    expect(done).toEqual({ ...planned, result: { status: 'done' } });
    const tree = await treeOf(project);
    expect(planned.plan.changes).not.toEqual([]);
    for (const { path, content } of planned.plan.changes) {
      expect(tree[path]).toBe(Buffer.from(content).toString('latin1'));
    }
  });
});

describe('a refusal says why, offers a command and leaves everything as it was', () => {
  let project: string;
  let before: Record<string, string>;
  beforeAll(async () => {
    const cwd = await emptyFolder();
    await run('create-backend', ['shop', '--auth', 'none', '--no-install', '--no-git'], { cwd });
    project = join(cwd, 'shop');
    await endpoint(project, 'users name');
    before = await treeOf(project);
  });

  it.each([
    ['posts', '`posts` has no fields.', 'gen endpoint posts title:string'],
    ['', 'The endpoint has no name.', 'gen endpoint posts title:string'],
    ['class name', '`class` is a reserved word of TypeScript.', 'gen endpoint classes name:string'],
    ['Users! name', '`Users!` is not a name.', 'gen endpoint '],
    ['123 name', '`123` is not a name.', 'gen endpoint posts name:string'],
    ['../x name', '`../x` is not a name.', 'gen endpoint '],
    ['title:string body:text', '`title:string` is not a name.', 'gen endpoint '],
    ['users name:text', '`users` exists already with another definition', 'gen endpoint '],
    ['posts author:ref:people', '`people`, which does not exist.', 'gen endpoint posts'],
    ['posts author:ref:user --under tags', 'There is no endpoint `tags`.', 'gen endpoint --help'],
    ['posts a:datetim', 'Did you mean `datetime`?', 'gen endpoint posts a:datetime'],
    ['posts id', '`id` is reserved.', 'gen endpoint posts title:string'],
    ['posts title --pagination pages', 'There is no pagination `pages`.', 'gen endpoint --help'],
    [
      'posts title --only destroy',
      'Did you mean `delete`?',
      'gen endpoint posts title:string --only delete',
    ],
  ])('gen endpoint %s', async (command, found, expected) => {
    const { code, stdout, stderr } = await endpoint(project, command);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(found);
    expect(stderr).toContain(`\nTry: npx ${expected}`);
    const [, proposed = ''] = /\nTry: npx gen endpoint (.+)\n$/.exec(stderr) ?? [];
    expect(await endpoint(project, `${proposed} --dry-run`)).toMatchObject({ code: 0, stderr: '' });
    expect(await treeOf(project)).toEqual(before);
  });

  it('every mistake at once, and as one JSON document', async () => {
    const command = 'posts a:strin b:ref:nope title Title --only lst --pagination x --json';
    const { code, stdout, stderr } = await endpoint(project, command);
    expect(code).toBe(1);
    const { error } = JSON.parse(stdout);
    const found = error.problems.map((problem: { found: string }) => problem.found);
    expect(found).toEqual([
      expect.stringContaining('`strin`'),
      '`title` is given twice.',
      'There is no pagination `x`.',
      'There is no operation `lst`.',
      expect.stringContaining('`nopes`'),
    ]);
    expect(error).toMatchObject({ kind: 'user', command: expect.stringMatching(/^npx gen /) });
    for (const each of found) expect(stderr).toContain(each);
    expect(await treeOf(project)).toEqual(before);
  });

  it('outside of a project', async () => {
    const { code, stderr } = await endpoint(await emptyFolder(), 'posts title');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no backend.json in ');
    expect(stderr).toContain('Try: npx create-backend my-api');
  });

  it.each([
    ['cut off', '{ "name": ', 'backend.json: Line 1'],
    ['empty', '', 'backend.json: '],
    ['wrong', '{ "name": 1, "endpoints": { "a": 3 } }', 'backend.json, endpoints.a: It is 3.'],
  ])('a backend.json that is %s', async (_, text, found) => {
    const broken = await emptyFolder();
    await write(broken, 'backend.json', text);
    const { code, stderr } = await endpoint(broken, 'posts title');
    expect(code).toBe(1);
    expect(stderr).toContain(found);
    expect(await treeOf(broken)).toEqual({ 'backend.json': text });
  });

  it('says from a subfolder which backend.json it means', async () => {
    const broken = await emptyFolder();
    await write(broken, 'backend.json', '{');
    await mkdir(join(broken, 'src'));
    const { stderr } = await endpoint(join(broken, 'src'), 'posts title');
    expect(stderr).toContain('../backend.json: ');
    expect(stderr).toContain('Try: git diff ../backend.json');
  });
});
