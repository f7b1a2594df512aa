import { access, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, vi } from 'vitest';
import { emptyFolder, executables, run, shellEnv, start, treeOf } from './run-bin.ts';
import { signalledAt } from './signalled.ts';

const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Ada'],
    [`GIT_${who}_EMAIL`, 'ada@example.com'],
  ]),
);
const anonymous = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'user.useConfigOnly',
  GIT_CONFIG_VALUE_0: 'true',
};

const before = async (scripts: Record<string, string>) => ({
  PATH: `${await executables(scripts)}:${process.env.PATH}`,
});

async function commits(project: string): Promise<string[]> {
  const { stdout } = await execa('git', ['log', '--format=%s'], { cwd: project, env: shellEnv() });
  return stdout.split('\n');
}

describe('what follows the files', () => {
  it('installs, commits, and says what it does', async () => {
    const cwd = await emptyFolder();
    const env = { ...identity, ...(await before({ npm: 'echo "$@" > installed' })) };
    const { code, stdout, stderr } = await run('create-backend', ['shop', '--yes'], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('· Install the dependencies with npm …\n');
    expect(stdout).toMatch(/✓ Install the dependencies with npm( \(\d+ s\))?\n/);
    expect(stdout).not.toContain('Still to do');
    expect(
      stdout.endsWith(`
Next:
  cd shop
  npm run dev
  npx gen endpoint posts title:string body:text
`),
    ).toBe(true);
    expect(await treeOf(cwd)).toMatchObject({ 'shop/installed': 'install\n' });
    expect(await commits(join(cwd, 'shop'))).toEqual(['Create the project']);
  });

  it('keeps the project when the install fails, says what is left, and fails', async () => {
    const cwd = await emptyFolder();
    const env = { ...identity, ...(await before({ npm: 'echo "no network" >&2; exit 7' })) };
    const { code, stdout } = await run('create-backend', ['shop', '--yes'], { cwd, env });
    expect(code).toBe(1);
    expect(stdout).toContain('! Install the dependencies with npm: npm ended with exit code 7\n');
    expect(stdout).toContain('Still to do:\n  cd shop\n  npm install\n');
    expect(stdout).toContain('npm install: npm ended with exit code 7\n    no network\n');
    expect(await commits(join(cwd, 'shop'))).toEqual(['Create the project']);
  });

  it('as JSON, a failed install is a result that is not complete', async () => {
    const cwd = await emptyFolder();
    const env = await before({ npm: 'echo "no network"; exit 7' });
    const args = ['shop', '--no-git', '--json'];
    const { code, stdout } = await run('create-backend', args, { cwd, env });
    expect(code).toBe(1);
    const { result } = JSON.parse(stdout);
    expect(result.status).toBe('incomplete');
    expect(result.steps).toMatchObject([{ status: 'failed', output: 'no network' }]);
  });

  it('says that npm is missing, and keeps the project', async () => {
    const cwd = await emptyFolder();
    const PATH = await emptyFolder();
    await symlink(process.execPath, join(PATH, 'node'));
    const args = ['shop', '--no-git', '--yes'];
    const { code, stdout, stderr } = await run('create-backend', args, { cwd, env: { PATH } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('npm was not found');
    expect(stdout).toContain('Still to do:\n  cd shop\n  npm install\n');
    await access(join(cwd, 'shop/backend.json'));
  });

  it('leaves the commit to do where git does not know who commits, and succeeds', async () => {
    const cwd = await emptyFolder();
    const args = ['shop', '--no-install', '--yes'];
    const { code, stdout } = await run('create-backend', args, { cwd, env: anonymous });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "Still to do:\n  cd shop\n  npm install\n  git commit -m 'Create the project'",
    );
    expect(stdout).toContain('git config --global user.email');
  });

  it('makes no repository inside of another', async () => {
    const cwd = await emptyFolder();
    await execa('git', ['init', '-q'], { cwd, env: shellEnv() });
    const args = ['shop', '--no-install', '--yes'];
    const { stdout } = await run('create-backend', args, { cwd });
    expect(stdout).toContain('The folder is in a git repository already');
    expect(stdout).not.toContain('git init');
    expect(await readdir(join(cwd, 'shop'))).not.toContain('.git');
  });
});

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'in the install keeps the project and ends the install (%s)',
    async (signal) => {
      const cwd = await emptyFolder();
      const env = { ...identity, ...(await before({ npm: 'echo $$ > pid; exec sleep 600' })) };
      const { child } = await start('create-backend', ['shop', '--yes'], { cwd, env });
      const pid = Number(await appears(join(cwd, 'shop/pid')));
      child.kill(signal);
      const { exitCode, stdout } = await child;
      expect(exitCode).toBe(130);
      expect(stdout).toContain('it was cancelled');
      expect(stdout).toContain('Still to do:\n  cd shop\n  npm install\n  git init -b main\n');
      expect(isRunning(pid)).toBe(false);
      expect(await readdir(join(cwd, 'shop'))).not.toContain('.git');
    },
  );

  it('while files are written leaves nothing behind', async () => {
    const cwd = await emptyFolder();
    // The signal comes from inside, after some files: no test could hit that instant from outside.
    const env = await signalledAt('src/db', 'SIGINT');
    const args = ['new/shop', '--no-install', '--no-git'];
    const { code, stdout, stderr } = await run('create-backend', args, { cwd, env });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Cancelled. Nothing was written.');
    expect(await readdir(cwd)).toEqual([]);
  });
});

/** The text of a file, once a program has written it. */
function appears(path: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(/\n$/);
      return text;
    },
    { timeout: 30_000, interval: 20 },
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
