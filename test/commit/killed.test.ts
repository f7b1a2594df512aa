import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commit } from '../../src/commit/commit.ts';
import { createProject } from '../../src/commit/create.ts';
import { recover } from '../../src/commit/recover.ts';
import { newFolder } from './folder.ts';
import { CHANGES, CREATES, writeSample } from './sample.ts';
import { treeOf, watched } from './tree.ts';

let folder: string;
let victim: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'victim-'));
  victim = join(folder, 'victim.mjs');
  const entry = new URL('victim.ts', import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    outfile: victim,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rm(folder, { recursive: true }));

const kill = (kind: string, root: string, at: number) =>
  new Promise<string | null>((resolve) => {
    const child = spawn(process.execPath, [victim, kind, root, String(at)], { stdio: 'ignore' });
    child.on('exit', (_, signal) => resolve(signal));
  });

async function countOperations(act: (disk: ReturnType<typeof watched>) => Promise<void>) {
  let operations = 0;
  await act(watched(() => operations++));
  return operations;
}

it('a commit killed at any operation is taken back or finished by recover', async () => {
  const whole = await newFolder();
  await writeSample(whole);
  const old = await treeOf(whole);
  const operations = await countOperations((disk) => commit(whole, CHANGES, disk));
  const done = await treeOf(whole);
  const seen = { none: 0, undone: 0, finished: 0 };
  const isNew: boolean[] = [];

  const tryOne = async (at: number) => {
    const root = await newFolder();
    await writeSample(root);
    expect(await kill('commit', root, at)).toBe('SIGKILL');
    const result = await recover(root);
    seen[result]++;
    const tree = await treeOf(root);
    const applied = JSON.stringify(tree) === JSON.stringify(done);
    expect(tree, `operation ${at}: ${result}`).toEqual(applied ? done : old);
    if (result !== 'none') expect(applied).toBe(result === 'finished');
    isNew[at] = applied;
    expect(await recover(root)).toBe('none');
    await rm(dirname(root), { recursive: true });
  };
  for (let at = 0; at < operations; at += 4) {
    const batch = [at, at + 1, at + 2, at + 3].filter((one) => one < operations);
    await Promise.all(batch.map(tryOne));
  }
  expect(seen.undone).toBeGreaterThan(10);
  expect(seen.finished).toBeGreaterThan(2);
  // There is one instant from which on it is done.
  expect(isNew.lastIndexOf(false)).toBe(isNew.indexOf(true) - 1);
}, 240_000);

it('a killed createProject leaves nothing or everything, and the next one tidies up', async () => {
  const whole = await newFolder();
  const operations = await countOperations((disk) => createProject(whole, CREATES, disk));
  const done = await treeOf(whole);
  for (let at = 0; at < operations; at++) {
    const root = await newFolder();
    expect(await kill('create', root, at)).toBe('SIGKILL');
    if ((await readdir(dirname(root))).includes('project')) {
      expect(await treeOf(root)).toEqual(done);
      await rm(root, { recursive: true });
    }
    await createProject(root, CREATES);
    expect(await treeOf(root)).toEqual(done);
    expect(await readdir(dirname(root))).toEqual(['project']);
    await rm(dirname(root), { recursive: true });
  }
}, 240_000);

it('keeps what was edited between the kill and the recovery', async () => {
  const root = await newFolder();
  await writeSample(root);
  const operations = await countOperations(async (disk) => {
    const dry = await newFolder();
    await writeSample(dry);
    await commit(dry, CHANGES, disk);
  });
  // Late enough for every change to be applied, too early for the journal to be ended.
  for (let at = operations; at > 0; at--) {
    await rm(root, { recursive: true });
    await writeSample(root);
    await kill('commit', root, at);
    if (existsSync(join(root, '.backend/journal'))) break;
  }
  await writeFile(join(root, 'package.json'), 'edited');
  await writeFile(join(root, 'src/stays/gone.ts'), 'written again');
  const old = await newFolder();
  await writeSample(old);
  await writeFile(join(old, 'package.json'), 'edited');
  await writeFile(join(old, 'src/stays/gone.ts'), 'written again');
  expect(await recover(root)).toBe('undone');
  expect(await treeOf(root)).toEqual(await treeOf(old));
});

it('does not follow a journal out of the project', async () => {
  const root = await newFolder();
  const journal = join(root, '.backend/journal');
  await mkdir(journal, { recursive: true });
  const entries = [{ kind: 'delete', path: '../stolen' }];
  const text = JSON.stringify({ version: 1, entries, made: [], emptied: [] });
  await writeFile(join(journal, 'journal.json'), text);
  await writeFile(join(journal, 'old-0'), 'x');
  await expect(recover(root)).rejects.toThrow(/journal.json.*cannot be read/);
  expect(await readdir(dirname(root))).toEqual(['project']);
});
