import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { binPath, emptyFolder, run, shellEnv, treeOf, write } from './run-bin.ts';

const color = '\u001b[';

describe('help and version are on stdout, and the exit code is 0', () => {
  it.each([
    ['create-backend --help', 'Usage: create-backend [options] [directory]'],
    ['create-backend -h', 'npx create-backend my-api --yes'],
    [
      'create-backend my-api --help',
      '--package-manager <name>  what installs the dependencies: npm, pnpm, yarn,\n                            bun, uv',
    ],
    ['gen --help', 'add an endpoint'],
    ['gen field --help', 'rename a field'],
    ['gen status --help', 'Exits with 1 if any is missing.'],
    ['gen help endpoint', 'Usage: gen endpoint <name> [field...] [options]'],
    ['gen endpoint rename --help', 'Usage: gen endpoint rename <from> <to> [options]'],
    ['gen endpoint --help', 'enum:draft,published'],
    ['create-backend --version', /^\d+\.\d+\.\d+\n$/],
    ['gen -v', /^\d+\.\d+\.\d+\n$/],
  ])('%s', async (command, text) => {
    const [bin, ...args] = command.split(' ');
    const cwd = await emptyFolder();
    const ended = await run(bin === 'gen' ? 'gen' : 'create-backend', args, { cwd });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(text);
    expect(await treeOf(cwd)).toEqual({});
  });

  it('fits a terminal of 80 columns', async () => {
    const cwd = await emptyFolder();
    const commands = [
      'endpoint',
      'field',
      'remove',
      'migration',
      'client',
      'apply',
      'apply-plan',
      'undo',
      'status',
      'list',
      'check',
      'diff-api',
      'collections',
      'service',
      'version',
      'version remove',
      'upgrade',
      'eject',
      'field change',
    ];
    for (const args of [
      ['--help'],
      ...commands.map((command) => [...command.split(' '), '--help']),
    ]) {
      const { stdout } = await run('gen', args, { cwd });
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe('a wrong command line', () => {
  it.each([
    ['create-backend --hepl', 'There is no option `--hepl`.', 'Did you mean `--help`?'],
    ['create-backend x --dryrun', '`--dryrun`', 'Did you mean `--dry-run`?'],
    ['create-backend x --qqqqqq', '`--qqqqqq`', 'The help lists every option.'],
    ['create-backend a b', 'too many arguments', 'Try: npx create-backend --help'],
    ['create-backend x --package-manager', 'has no value', 'Try: npx create-backend --help'],
    ['gen endpont posts title', 'There is no command `endpont`.', 'Did you mean `endpoint`?'],
    ['gen endpoint posts --onyl list', '`--onyl`', 'Did you mean `--only`?'],
    ['gen endpoint posts --only', 'has no value', 'Try: npx gen endpoint --help'],
  ])('%s', async (command, found, expected) => {
    const [bin, ...args] = command.split(' ');
    const cwd = await emptyFolder();
    const ended = await run(bin === 'gen' ? 'gen' : 'create-backend', args, { cwd });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(found);
    expect(ended.stderr).toContain(expected);
    expect(await treeOf(cwd)).toEqual({});
  });

  it.each([
    ['gen', 'Usage: gen [options] [command]'],
    ['gen field', 'Usage: gen field [options] [command]'],
  ])('shows the help where no command was given, and fails: %s', async (command, usage) => {
    const args = command.split(' ').slice(1);
    const ended = await run('gen', args, { cwd: await emptyFolder() });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(usage);
  });
});

describe('however it is started', () => {
  it('runs through a symbolic link to a bin', async () => {
    const cwd = await emptyFolder();
    await symlink(await binPath('create-backend'), join(cwd, 'link'));
    const { stdout } = await execa(process.execPath, ['link', '--help'], { cwd, env: shellEnv() });
    expect(stdout).toContain('Usage: create-backend');
  });

  it.each([
    ['standard input', '<&-'],
    ['standard input and error', '<&- 2>&-'],
  ])('makes a project with %s closed', async (_, closed) => {
    const cwd = await emptyFolder();
    const command = `exec "$0" "$1" shop --no-install --no-git ${closed}`;
    const args = ['-c', command, process.execPath, await binPath('create-backend')];
    const { exitCode, stdout } = await execa('sh', args, { cwd, env: shellEnv(), reject: false });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('Created shop');
    expect(Object.keys(await treeOf(cwd))).toContain('shop/backend.json');
  });

  it('asks nothing with standard input closed, and names what is missing', async () => {
    const cwd = await emptyFolder();
    const args = ['-c', 'exec "$0" "$1" <&-', process.execPath, await binPath('create-backend')];
    const ended = await execa('sh', args, { cwd, env: shellEnv(), reject: false });
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('there is no terminal to ask on');
    expect(ended.stderr).toContain('Expected the argument [directory]');
  });

  it('goes on when whoever reads the output stops reading', async () => {
    const cwd = await emptyFolder();
    const command = '"$0" "$1" shop --no-install --no-git --dry-run --json | head -c 1';
    const args = ['-c', command, process.execPath, await binPath('create-backend')];
    const ended = await execa('sh', args, { cwd, env: shellEnv(), reject: false });
    expect(ended).toMatchObject({ exitCode: 0, stdout: '{', stderr: '' });
  });

  it('says that the folder is gone in which it was started', async () => {
    const cwd = await emptyFolder();
    const command = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" shop';
    const args = ['-c', command, process.execPath, await binPath('create-backend')];
    const ended = await execa('sh', args, { cwd, env: shellEnv(), reject: false });
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('The current folder does not exist any more.');
  });
});

describe('colours', () => {
  it.each([
    ['none where nobody looks', {}, false],
    ['where they are asked for', { FORCE_COLOR: '1' }, true],
    ['none with NO_COLOR, whatever else is set', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', async (_, env, isColored) => {
    const cwd = await emptyFolder();
    const made = await run('create-backend', ['x', '--dry-run'], { cwd, env });
    const refused = await run('create-backend', ['Users!'], { cwd, env });
    expect(made.stdout.includes(color)).toBe(isColored);
    expect(refused.stderr.includes(color)).toBe(isColored);
  });
});

describe('a bug of ours', () => {
  const boom = 'process.cwd = () => { throw new Error("boom"); };';

  async function crash(...args: string[]) {
    const cwd = await emptyFolder();
    await write(cwd, 'boom.cjs', boom);
    const env = { NODE_OPTIONS: `--require ${cwd}/boom.cjs` };
    return run('create-backend', ['my-api', ...args], { cwd, env });
  }

  it('ends with 70, keeps its stack and says how to report it', async () => {
    const { code, stdout, stderr } = await crash();
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toContain('This is a bug in create-backend, not a mistake of yours.');
    expect(stderr).toContain('Please report it');
    expect(stderr).toContain('npx create-backend my-api\n');
    expect(stderr).toMatch(/create-backend \d+\.\d+\.\d+, Node \d+/);
    expect(stderr).toMatch(/Error: boom\n {4}at /);
  });

  it('is one JSON document where JSON was asked for', async () => {
    const { code, stdout } = await crash('--json');
    expect(code).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'bug', message: 'boom' } });
  });
});
