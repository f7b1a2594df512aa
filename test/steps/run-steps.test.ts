import { execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Step } from '../../src/manifest/change.ts';
import { install } from '../../src/stacks/typescript/install.ts';
import { gitSteps } from '../../src/steps/plan-steps.ts';
import type { StepEvent } from '../../src/steps/run-steps.ts';
import { runSteps } from '../../src/steps/run-steps.ts';
import { folderWith } from '../project/folder.ts';

const quiet = () => {};
const nodeStep = (script: string): Step => ({
  kind: 'install',
  title: 'Run a script',
  command: process.execPath,
  args: ['-e', script],
});

/** A folder with executables of these names, which becomes the only one on PATH. */
async function onlyOnPath(scripts: Record<string, string>): Promise<string> {
  const files = Object.entries(scripts).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`]);
  const folder = await folderWith(Object.fromEntries(files));
  for (const name of Object.keys(scripts)) await chmod(join(folder, name), 0o755);
  vi.stubEnv('PATH', folder);
  return folder;
}

beforeEach(async () => {
  // No configuration of the machine, so that there is an identity only where a test gives one.
  const home = await folderWith();
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(home, '.gitconfig'));
});
afterEach(() => vi.unstubAllEnvs());

function withIdentity(): void {
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'Ada');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'ada@example.com');
  }
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

it('commits a new project to a repository of its own', async () => {
  withIdentity();
  const root = await folderWith({ 'src/app.ts': '', '.gitignore': 'dist/\n', 'dist/a': '' });
  const results = await runSteps(root, gitSteps(), quiet);
  expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(git(root, 'log', '--format=%s', 'main')).toBe('Create the project');
  expect(git(root, 'ls-files').split('\n')).toEqual(['.gitignore', 'src/app.ts']);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

it('leaves the commit to do when git does not know who commits', async () => {
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'user.useConfigOnly');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'true');
  for (const name of ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'EMAIL']) vi.stubEnv(name, undefined);
  for (const name of ['GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL']) vi.stubEnv(name, undefined);
  const root = await folderWith({ 'a.ts': '' });
  const results = await runSteps(root, gitSteps(), quiet);
  expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'failed']);
  expect(results[2]).toMatchObject({
    reason: 'git ended with exit code 128',
    output: expect.stringContaining('git config --global user.email'),
  });
  expect(git(root, 'ls-files')).toBe('a.ts');
});

it('works on the new project when a git hook started it', async () => {
  withIdentity();
  const outer = await folderWith({ 'outer.ts': '' });
  await runSteps(outer, gitSteps(), quiet);
  vi.stubEnv('GIT_DIR', join(outer, '.git'));
  vi.stubEnv('GIT_INDEX_FILE', join(outer, '.git/index'));
  const root = await folderWith({ 'inner.ts': '' });
  await runSteps(root, gitSteps(), quiet);
  vi.stubEnv('GIT_DIR', undefined);
  vi.stubEnv('GIT_INDEX_FILE', undefined);
  expect(git(root, 'ls-files')).toBe('inner.ts');
  expect(git(outer, 'ls-files')).toBe('outer.ts');
});

it('names a missing executable, and skips what needs it', async () => {
  await onlyOnPath({});
  const root = await folderWith();
  const results = await runSteps(root, [install('npm'), ...gitSteps()], quiet);
  expect(results.map((each) => [each.status, each.status !== 'done' && each.reason])).toEqual([
    ['failed', 'npm was not found'],
    ['failed', 'git was not found'],
    ['skipped', 'it needs git init -b main, which failed'],
    ['skipped', 'it needs git init -b main, which failed'],
  ]);
});

it('goes on with git after a failed install, whose last lines it keeps', async () => {
  const lines = 'i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo "line $i"; done; echo broken >&2';
  await onlyOnPath({ npm: `${lines}; exit 7`, git: 'exit 0' });
  const results = await runSteps(await folderWith(), [install('npm'), ...gitSteps()], quiet);
  expect(results.map(({ status }) => status)).toEqual(['failed', 'done', 'done', 'done']);
  expect(results[0]).toMatchObject({ reason: 'npm ended with exit code 7' });
  const output = results[0]?.status === 'failed' ? results[0].output.split('\n') : [];
  expect(output).toHaveLength(15);
  expect(output).toContain('line 40');
  expect(output).toContain('broken');
});

it('installs quietly, whatever the environment says, and asks nothing', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const script =
    'read answer; echo "$1 $npm_config_fund $npm_config_loglevel [$NODE_ENV] [$answer]"';
  await onlyOnPath({ npm: `${script}; exit 1` });
  const [result] = await runSteps(await folderWith(), [install('npm')], quiet);
  expect(result).toMatchObject({ output: 'install false error [] []' });
});

it('says what starts and how it ends, in order', async () => {
  const events: StepEvent[] = [];
  const steps = [nodeStep(''), nodeStep('process.exit(1)'), nodeStep('')];
  await runSteps(await folderWith(), steps, (event) => events.push(event));
  expect(events.map((each) => (each.kind === 'start' ? 'start' : each.result.status))).toEqual([
    'start',
    'done',
    'start',
    'failed',
    'skipped',
  ]);
});

it('takes the colours out of what a command said', async () => {
  const step = nodeStep('console.error("\\u001b[31mred\\u001b[39m"); process.exit(1)');
  const [result] = await runSteps(await folderWith(), [step], quiet);
  expect(result).toMatchObject({ output: 'red' });
});

it('says when a command was killed', async () => {
  const step = nodeStep('process.kill(process.pid, "SIGKILL")');
  const [result] = await runSteps(await folderWith(), [step], quiet);
  expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('by SIGKILL') });
});

it('stops the running step when it is cancelled, and skips the rest', async () => {
  const cancel = new AbortController();
  const steps = [nodeStep('setTimeout(() => {}, 60_000)'), ...gitSteps()];
  const running = runSteps(await folderWith(), steps, quiet, cancel.signal);
  setTimeout(() => cancel.abort(), 300);
  const results = await running;
  expect(results.map((each) => [each.status, each.status !== 'done' && each.reason])).toEqual([
    ['failed', 'it was cancelled'],
    ['skipped', 'it was cancelled'],
    ['skipped', 'it was cancelled'],
    ['skipped', 'it was cancelled'],
  ]);
});
