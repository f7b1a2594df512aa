import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, executables, run, treeOf, write } from './run-bin.ts';

const long = 'x'.repeat(300);
const quick = ['--no-install', '--no-git'];

describe('the project', () => {
  it.each([
    ['shop', 'shop', '✓ Created shop with '],
    ['./shop/', 'shop', '✓ Created shop with '],
    ['apps/deep/shop', 'apps/deep/shop', 'cd apps/deep/shop\n'],
    ['../beside', '../beside', 'cd ../beside\n'],
    ['a folder/shop', 'a folder/shop', "cd 'a folder/shop'\n"],
    ['class', 'class', '✓ Created class with '],
    ['123', '123', '✓ Created 123 with '],
  ])('stands in %s', async (directory, place, text) => {
    const cwd = join(await emptyFolder(), 'work');
    await mkdir(cwd);
    const made = await run('create-backend', [directory, ...quick], { cwd });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain(text);
    const tree = await treeOf(join(cwd, place));
    const manifest = JSON.parse(tree['backend.json'] ?? '');
    expect(manifest).toMatchObject({ name: place.split('/').at(-1), packageManager: 'npm' });
    expect(Object.keys(tree)).toContain('src/routes.ts');
    const { devDependencies } = JSON.parse(tree['package.json'] ?? '');
    expect(Object.keys(tree)).toContain(devDependencies['create-backend'].slice('file:'.length));
  });

  it.each([
    ['.', 'this folder'],
    ['../shop', 'this folder'],
  ])('goes into the empty folder that one is in, as %s', async (directory, name) => {
    const cwd = join(await emptyFolder(), 'shop');
    await mkdir(join(cwd, '.git'), { recursive: true });
    const made = await run('create-backend', [directory, ...quick], { cwd });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain(`Created ${name} with `);
    expect(made.stdout).not.toContain('cd ');
    expect(Object.keys(await treeOf(cwd))).toContain('backend.json');
  });

  it.each([
    ['npm', 'npm install', 'npm run dev', 'npx gen endpoint posts title:string body:text'],
    ['pnpm', 'pnpm install', 'pnpm run dev', 'pnpm exec gen endpoint posts title:string body:text'],
    ['yarn', 'yarn install', 'yarn run dev', 'yarn gen endpoint posts title:string body:text'],
    ['bun', 'bun install', 'bun run dev', 'bun run gen endpoint posts title:string body:text'],
  ])('says what is to do and what to type next, with %s', async (manager, ...commands) => {
    const cwd = await emptyFolder();
    const args = ['shop', ...quick, '--package-manager', manager];
    const { stdout } = await run('create-backend', args, { cwd });
    const [install, ...next] = commands;
    expect(stdout).toContain(`Still to do:\n  cd shop\n  ${install}\n`);
    expect(stdout.endsWith(`Next:\n  ${next.join('\n  ')}\n`)).toBe(true);
    const { packageManager } = JSON.parse((await treeOf(cwd))['shop/backend.json'] ?? '');
    expect(packageManager).toBe(manager);
  });

  it('takes the package manager that started it', async () => {
    const cwd = await emptyFolder();
    const env = { npm_config_user_agent: 'pnpm/10.0.0 npm/? node/v20.19.0 linux x64' };
    const { stdout } = await run('create-backend', ['shop', ...quick], { cwd, env });
    expect(stdout).toContain('pnpm install');
  });
});

describe('a refusal says why, offers a command and leaves everything as it was', () => {
  it.each([
    [
      'a name with a sign in it',
      ['Users!'],
      'Expected lowercase letters',
      'npx create-backend users',
    ],
    ['an option as a name', ['--', '--help'], '`--help` cannot be', 'npx create-backend help'],
    ['an empty name', [''], 'The name of the project is empty.', 'npx create-backend my-api'],
    ['the root of the disk', ['/'], 'The name of the project is empty.', 'create-backend my-api'],
    [
      'a name with a space below a folder',
      ['deep/my shop'],
      '`my shop` cannot be',
      'npx create-backend deep/my-shop',
    ],
    ['a name of Node', ['node_modules'], 'that Node and npm do not reserve', 'create-backend node'],
    ['a folder that is full', ['full'], 'is not empty: it has a.txt, b, c', 'another-name'],
    ['the folder where one is', ['.'], 'is not empty: it has a-file, full', 'another-name'],
    ['a file', ['a-file'], 'a-file is not a folder.', 'another-name'],
    ['a file as parent', ['a-file/shop'], 'a-file is not a folder.', 'another-name'],
    [
      'a path too long for the system',
      [`${long}/shop`],
      'is too long (ENAMETOOLONG)',
      `${long}/shop`,
    ],
    ['no name', ['--yes'], 'No directory was given', 'npx create-backend my-api'],
  ])('%s', async (_, args, found, command) => {
    const cwd = join(await emptyFolder(), 'work');
    for (const path of ['full/a.txt', 'full/b', 'full/c', 'a-file']) await write(cwd, path, path);
    const before = await treeOf(join(cwd, '..'));
    for (const also of [[], ['--dry-run']]) {
      const ended = await run('create-backend', [...also, ...quick, ...args], { cwd });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain(found);
      expect(ended.stderr).toMatch(new RegExp(`\nTry: .*${command}`));
    }
    expect(await treeOf(join(cwd, '..'))).toEqual(before);
  });

  it('repeats what was typed, mended', async () => {
    const flags = '--stack expres --auth non --package-manager pnpn --no-install --dry-run';
    const options = { cwd: await emptyFolder() };
    const { code, stderr } = await run('create-backend', ['My App', ...flags.split(' ')], options);
    expect(code).toBe(1);
    const meant = '--stack express --auth none --package-manager pnpm --no-install --dry-run';
    expect(stderr).toContain(`\nTry: npx create-backend my-app ${meant}\n`);
  });

  it('several mistakes at once', async () => {
    const cwd = await emptyFolder();
    const flags = ['--package-manager', 'npn', '--auth', 'magic', '--stack', 'expres'];
    const { code, stderr } = await run('create-backend', ['My App', ...flags], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe(`✗ \`My App\` cannot be the name of a project.
  Expected lowercase letters, as npm requires.
✗ \`--stack\` is \`expres\`.
  Did you mean \`express\`?
✗ \`--auth\` is \`magic\`.
  Expected one of: \`jwt\`, \`none\`.
✗ \`--package-manager\` is \`npn\`.
  Did you mean \`npm\`?

Try: npx create-backend --help
`);
    expect(await treeOf(cwd)).toEqual({});
  });

  it('the same folder a second time', async () => {
    const cwd = await emptyFolder();
    await run('create-backend', ['shop', ...quick], { cwd });
    const before = await treeOf(cwd);
    const { code, stderr } = await run('create-backend', ['shop', ...quick], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('AGENTS.md');
    expect(await treeOf(cwd)).toEqual(before);
  });
});

describe('a dry run', () => {
  it('lists every file and every step, and makes nothing', async () => {
    const cwd = await emptyFolder();
    const { code, stdout } = await run('create-backend', ['shop', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(await treeOf(cwd)).toEqual({});
    expect(stdout).toContain('      run  npm install\n');
    expect(stdout).toContain("      run  git commit -m 'Create the project'\n");
    expect(stdout).toContain('nothing was written');
    await run('create-backend', ['shop', ...quick], { cwd });
    const files = Object.entries(await treeOf(join(cwd, 'shop')));
    const made = files.flatMap(([path, content]) => (content.startsWith('a folder') ? [] : [path]));
    const listed = [...stdout.matchAll(/^ +create {2}(.+)$/gm)].map(([, path]) => path);
    expect(listed.sort()).toEqual(made.sort());
  });

  it('as JSON holds the very contents that are written then, but for secrets', async () => {
    const cwd = await emptyFolder();
    const planned = await run('create-backend', ['shop', ...quick, '--dry-run', '--json'], { cwd });
    const done = await run('create-backend', ['shop', ...quick, '--json'], { cwd });
    const tree = await treeOf(join(cwd, 'shop'));
    const { plan, result } = JSON.parse(planned.stdout);
    expect(result).toEqual({ status: 'dry-run' });
    expect(JSON.parse(done.stdout)).toEqual({ plan, result: { status: 'done', steps: [] } });
    for (const { path, content, bytes, secret } of plan.changes) {
      if (secret) expect(tree[path]).toMatch(/^AUTH_SECRET=\S{43}$/m);
      else if (content === undefined) expect(tree[path]?.length).toBe(bytes);
      else expect(Buffer.from(tree[path] ?? '', 'latin1').toString('utf8')).toBe(content);
    }
  });
});

describe('with --json, stdout is one JSON document', () => {
  it.each([
    ['a mistake', ['Users!'], 1, 'user'],
    ['an unknown option', ['x', '--hepl'], 1, 'user'],
    ['no name', [], 1, 'user'],
  ])('%s', async (_, args, code, kind) => {
    const ended = await run('create-backend', [...args, '--json'], { cwd: await emptyFolder() });
    expect(ended.code).toBe(code);
    const { error } = JSON.parse(ended.stdout);
    expect(error).toMatchObject({ kind, problems: [{}], command: expect.stringMatching(/^npx /) });
    expect(ended.stderr).toContain(error.problems[0].found);
  });

  it('success, with the output of steps on stderr', async () => {
    const cwd = await emptyFolder();
    const PATH = `${await executables({ npm: 'echo noise' })}:${process.env.PATH}`;
    const args = ['shop', '--no-git', '--json'];
    const { code, stdout, stderr } = await run('create-backend', args, { cwd, env: { PATH } });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).result).toMatchObject({
      status: 'done',
      steps: [{ status: 'done' }],
    });
    expect(stderr).toContain('✓ Install the dependencies with npm');
  });

  it('is not meant by a folder that is called so', async () => {
    const { stdout } = await run('create-backend', ['--', '--json'], { cwd: await emptyFolder() });
    expect(stdout).toBe('');
  });
});
