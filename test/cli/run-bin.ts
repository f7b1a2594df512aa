import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, inject, vi } from 'vitest';
import { builtTool, once } from '../generated/projects.ts';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(builtTool, 120_000);

export type Env = Record<string, string | undefined>;
export type Ended = { code: number | undefined; stdout: string; stderr: string };

/** What would tell a bin that it was started by npm, or that somebody wants colours or another time. */
const ours =
  /^(npm_.*|INIT_CWD|VITEST.*|TEST|NODE_ENV|NODE_OPTIONS|CI|FORCE_COLOR|NO_COLOR|SOURCE_DATE_EPOCH)$/i;

/** The environment of a person's shell, without a configuration of git. */
export function shellEnv(env: Env = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const git = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const all = Object.entries({ ...Object.fromEntries(inherited), ...git, ...env });
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export async function binPath(bin: 'create-backend' | 'gen'): Promise<string> {
  return join(await builtTool(), 'bin', `${bin}.js`);
}

/** `tool` is the folder of the package; without it, the one of the sources as they are now. */
type Options = { cwd: string; env?: Env; tool?: string };

/** Starts a built bin as a child process without a terminal. */
export async function start(
  bin: 'create-backend' | 'gen',
  args: readonly string[],
  { cwd, env, tool }: Options,
) {
  const path = tool === undefined ? await binPath(bin) : join(tool, 'bin', `${bin}.js`);
  return {
    child: execa(process.execPath, [path, ...args], {
      cwd,
      env: shellEnv(env),
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      stripFinalNewline: false,
    }),
  };
}

/** Runs a built bin to its end, without a terminal. */
export async function run(
  bin: 'create-backend' | 'gen',
  args: readonly string[],
  options: Options,
): Promise<Ended> {
  const { exitCode, stdout, stderr } = await (await start(bin, args, options)).child;
  return { code: exitCode, stdout, stderr };
}

/** An empty folder, until the run of the tests is over. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(inject('workshop'), 'cli-'));
}

/** A new project in a folder of its own, with the endpoints that these commands add. */
export function projectWith(...endpoints: string[]): Promise<string> {
  return projectOn('express', ...endpoints);
}

/** The same on a stack. */
export function projectOn(stack: string, ...endpoints: string[]): Promise<string> {
  return madeWith(['--stack', stack, '--auth', 'none'], endpoints);
}

/** The same with accounts, on Express. */
export function accountsWith(...endpoints: string[]): Promise<string> {
  return madeWith(['--auth', 'jwt'], endpoints);
}

/** Made once for a run of the tests, since most of them begin with the same few; each has a copy. */
async function madeWith(choices: readonly string[], endpoints: readonly string[]) {
  const name = createHash('sha256')
    .update([...choices, ...endpoints].join('\n'))
    .digest('hex');
  const made = await once(`cli-made-${name}`, (folder) => make(folder, choices, endpoints));
  const project = join(await emptyFolder(), 'shop');
  await cp(join(made, 'shop'), project, { recursive: true, preserveTimestamps: true });
  return project;
}

async function make(folder: string, choices: readonly string[], endpoints: readonly string[]) {
  const flags = [...choices, '--no-install', '--no-git', '--yes'];
  const made = await run('create-backend', ['shop', ...flags], { cwd: folder });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  for (const endpoint of endpoints) {
    const added = await run('gen', ['endpoint', ...endpoint.split(' ')], {
      cwd: join(folder, 'shop'),
    });
    expect(added).toMatchObject({ code: 0, stderr: '' });
  }
}

/** Every file below a folder with its content, so that two states can be compared byte for byte. */
export async function treeOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(path, 'latin1') : 'a folder or a link';
    return [path.slice(folder.length + 1), content] as const;
  });
  // The note for `gen undo` is no part of the plan, and none of the project.
  const notes = ['.backend', '.backend/undo.json'];
  const found = (await Promise.all(files)).filter(([path]) => !notes.includes(path));
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function write(root: string, path: string, content: string, mode?: number) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content, { mode });
}

/** Executables that stand in for others: a folder to put in front of PATH, or in its place. */
export async function executables(scripts: Record<string, string>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, text] of Object.entries(scripts)) {
    await write(folder, name, `#!/bin/sh\n${text}\n`, 0o755);
  }
  return folder;
}
