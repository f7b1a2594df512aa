import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtTool } from '../generated/projects.ts';

const NOBODY = 65534;
let tool: string;
let expected: string;

beforeAll(async () => {
  tool = await mkdtemp(join(tmpdir(), 'code-cache-'));
  // Another user has to be able to run it.
  await chmod(tool, 0o755);
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(join(await builtTool(), part), join(tool, part), { recursive: true });
  }
  await rm(cacheFolder(), { recursive: true, force: true });
  expected = run();
}, 120_000);
afterAll(() => rm(tool, { recursive: true, force: true }));

const cacheFolder = () => join(tool, 'dist/.cache');

/** What a command prints that loads most of the modules; it must succeed, and say nothing else. */
function run(user?: number, options: string[] = []): string {
  const args = [join(tool, 'bin/create-backend.js'), 'shop', '--yes', '--no-git', '--dry-run'];
  const ended = spawnSync(process.execPath, [...options, ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
    ...(user !== undefined && { uid: user }),
  });
  expect({ code: ended.status, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended.stdout;
}

async function cached(): Promise<string[]> {
  const entries = await readdir(cacheFolder(), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('keeps the code of a first run, and leaves it alone from then on', async () => {
  const times = async () =>
    Promise.all((await cached()).map(async (file) => (await stat(file)).mtimeMs));
  const before = await times();
  expect(before.length).toBeGreaterThan(5);
  expect(run()).toBe(expected);
  expect(await times()).toEqual(before);
});

it('is nothing that a process of the same number in another container would write to', async () => {
  const trace = join(tool, 'trace.cjs');
  await writeFile(
    trace,
    `Object.defineProperty(process, 'pid', { value: 7 });
const fs = require('node:fs');
const write = fs.writeFileSync;
fs.writeFileSync = (path, ...rest) => {
  if (String(path).includes('.cache')) fs.appendFileSync(${JSON.stringify(join(tool, 'written'))}, path + '\\n');
  write(path, ...rest);
};
require('node:module').syncBuiltinESMExports();`,
  );
  const written = async () => {
    await rm(cacheFolder(), { recursive: true, force: true });
    run(undefined, ['--require', trace]);
    const text = await readFile(join(tool, 'written'), 'utf8');
    await rm(join(tool, 'written'));
    return text.trim().split('\n');
  };
  const [mine, others] = [await written(), await written()];
  expect(mine.length).toBeGreaterThan(5);
  expect(mine.filter((file) => others.includes(file))).toEqual([]);
});

const HEADER = 8;
const damages: Record<string, (kept: Buffer) => Buffer> = {
  'is empty': () => Buffer.alloc(0),
  'is cut off': (kept) => kept.subarray(0, kept.length / 3),
  'has one bit turned': (kept) => {
    const middle = HEADER + Math.floor((kept.length - HEADER) / 4);
    return Buffer.concat([
      kept.subarray(0, middle),
      Buffer.of((kept[middle] ?? 0) ^ 1),
      kept.subarray(middle + 1),
    ]);
  },
  'is of another V8': (kept) => {
    const code = Buffer.alloc((kept.length - HEADER) / 2, 'another');
    return Buffer.concat([kept.subarray(0, HEADER), code, code]);
  },
  'is of another module': (kept) => Buffer.concat([Buffer.alloc(HEADER), kept.subarray(HEADER)]),
  'is a text': () => Buffer.from('not code at all'),
};

it.each(Object.entries(damages))('what %s is ignored, and replaced', async (_name, damage) => {
  run();
  const whole = new Map<string, number>();
  for (const file of await cached()) {
    const kept = await readFile(file);
    whole.set(file, kept.length);
    await writeFile(file, damage(kept));
  }
  expect(run()).toBe(expected);
  for (const [file, size] of whole) {
    expect((await stat(file)).size / size, file).toBeGreaterThan(0.8);
  }
});

it('follows a module that was changed without changing its length', async () => {
  run();
  const file = join(tool, 'dist/create-backend.cjs');
  const help = () =>
    spawnSync(process.execPath, [join(tool, 'bin/create-backend.js'), '--help'], {
      encoding: 'utf8',
    });
  expect(help().stdout).toContain('Creates a backend');
  expect(help().stdout).toContain('Creates a backend');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('Creates a backend', 'Craates a backend'));
  expect(help().stdout).toContain('Craates a backend');
  await writeFile(file, text);
});

it('is done without where its folder cannot be made', async () => {
  await rm(cacheFolder(), { recursive: true });
  await writeFile(cacheFolder(), 'a file is in the way');
  expect(run()).toBe(expected);
  expect(await readFile(cacheFolder(), 'utf8')).toBe('a file is in the way');
  await rm(cacheFolder());
});

it.each(['missing', 'there'])(
  'is done without by somebody who may not write, while it is %s',
  async (state) => {
    await rm(cacheFolder(), { recursive: true, force: true });
    if (state === 'there') {
      run();
      // Of what cannot be replaced, too, only what is sound is used.
      for (const file of await cached()) await writeFile(file, 'damaged');
    }
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) await chmod(join(tool, 'dist'), 0o555);
    expect(run(isRoot ? NOBODY : undefined)).toBe(expected);
    if (!isRoot) await chmod(join(tool, 'dist'), 0o755);
    if (state === 'missing') await expect(stat(cacheFolder())).rejects.toThrow('ENOENT');
    else for (const file of await cached()) expect(await readFile(file, 'utf8')).toBe('damaged');
  },
);
