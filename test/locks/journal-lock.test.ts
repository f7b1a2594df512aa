import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { recover } from '../../src/commit/recover.ts';
import { type Contender, useContenders } from './contenders.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CONTENDERS = 30;
const ROUNDS = Number(process.env.LOCK_ROUNDS ?? 5);
const withoutLocks = { env: { ...process.env, PATH: '' } };

const contender = useContenders('journal-contender.ts');

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'journal-'));
  folders.push(root);
  return root;
}

const home = (root: string) => join(root, '.backend');
const journal = (root: string) => join(home(root), 'journal');

/** A project in which a command was killed. */
async function abandoned(options?: Parameters<typeof contender>[0]): Promise<string> {
  const root = await newRoot();
  const owner = contender(options);
  expect(await owner.ask(`lock ${root}`)).toBe('locked');
  await owner.end('SIGKILL');
  return root;
}

async function race(all: Contender[], root: string): Promise<Contender> {
  const answers = await Promise.all(all.map((each) => each.ask(`take ${root}`)));
  const refused = answers.filter((answer) => answer.includes('is writing to this project'));
  expect(refused, answers.join('\n')).toHaveLength(all.length - 1);
  const winner = all[answers.indexOf('locked')];
  if (winner === undefined) throw new Error('nobody got the lock');
  return winner;
}

const refusal = (owner: Contender) =>
  `Another create-backend command (process ${owner.child.pid} on ${hostname()}) is writing to this project: ` +
  'it holds .backend/journal. ' +
  'Expected no other command. Wait for it; its lock ends with it.';

describe('a lock of the operating system', () => {
  it(`goes to one of ${CONTENDERS} commands that find a stale one at the same instant`, async () => {
    const root = await abandoned();
    for (let round = 0; round < ROUNDS; round++) {
      const all = Array.from({ length: CONTENDERS }, () => contender());
      await race(all, root);
      await Promise.all(all.map(({ end }) => end('SIGKILL')));
    }
    expect(await recover(root)).toBe('none');
    expect(await readdir(root)).toEqual([]);
  });

  it.concurrent('holds, whatever the number and the silence of its owner say', async () => {
    const root = await newRoot();
    const owner = contender();
    expect(await owner.ask(`lock ${root}`)).toBe('locked');
    expect(await contender().ask(`lock ${root}`)).toBe(refusal(owner));
    await expect(recover(root)).rejects.toThrow(refusal(owner));
    owner.child.kill('SIGSTOP');
    await sleep(6_000);
    await expect(recover(root)).rejects.toThrow(refusal(owner));
    // The number of another container, where it means another process or none.
    const [name = ''] = await readdir(journal(root));
    const strange = join(journal(root), name.replace(/\d+/, '999999999'));
    await rename(join(journal(root), name), strange);
    await utimes(strange, new Date(0), new Date(0));
    await expect(recover(root)).rejects.toThrow('process 999999999 on');
    await owner.end('SIGKILL');
    expect(await recover(root)).toBe('none');
  });

  it.concurrent('is free when its owner was killed, whoever has its number now', async () => {
    const root = await abandoned();
    const [name = ''] = await readdir(journal(root));
    const recycled = name.replace(/\d+/, String(process.pid));
    await rename(join(journal(root), name), join(journal(root), recycled));
    expect(await recover(root)).toBe('none');
    expect(await readdir(root)).toEqual([]);
  });

  it.concurrent.each([
    ['another machine', 'owner-1-99999999-00000000-0000-0000-0000-000000000000'],
    ['version 0.2.0', `owner-${process.pid}-00000000-0000-0000-0000-000000000000`],
  ])('does not reach %s: there it counts as long as it is touched', async (_, name) => {
    const root = await newRoot();
    await mkdir(journal(root), { recursive: true });
    const file = join(journal(root), name);
    await writeFile(file, 'elsewhere');
    const touching = setInterval(() => utimes(file, new Date(), new Date()), 500);
    await expect(recover(root)).rejects.toThrow('on elsewhere) is writing to this project');
    clearInterval(touching);
    expect(await recover(root)).toBe('none');
  });

  it.concurrent('keeps what another command is about to make', async () => {
    const root = await newRoot();
    const strange = 'birth-1-99999999-00000000-0000-0000-0000-000000000000';
    await mkdir(join(home(root), strange), { recursive: true });
    expect(await recover(root)).toBe('none');
    expect(await readdir(home(root))).toEqual([strange]);
    const long = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(home(root), strange), long, long);
    expect(await recover(root)).toBe('none');
    expect(await readdir(root)).toEqual([]);
  });
});

describe('where the system has no lock', () => {
  it.concurrent('one of many commands takes a stale one', async () => {
    const root = await abandoned(withoutLocks);
    await race(
      Array.from({ length: CONTENDERS }, () => contender(withoutLocks)),
      root,
    );
  });

  it.concurrent('a command that writes is left alone, also by one whose system has locks', async () => {
    const root = await newRoot();
    const owner = contender(withoutLocks);
    expect(await owner.ask(`lock ${root}`)).toBe('locked');
    expect(await contender().ask(`take ${root}`)).toBe(refusal(owner));
    expect(await contender(withoutLocks).ask(`take ${root}`)).toBe(refusal(owner));
    expect(await owner.ask('release')).toBe('released');
    expect(await readdir(root)).toEqual([]);
  });

  it.concurrent('an owner that was stopped for too long ends before it can write again', async () => {
    const root = await newRoot();
    const owner = contender(withoutLocks);
    expect(await owner.ask(`lock ${root}`)).toBe('locked');
    owner.child.kill('SIGSTOP');
    expect(await contender(withoutLocks).ask(`take ${root}`)).toBe('locked');
    owner.child.kill('SIGCONT');
    expect(await owner.ended).toContain('is writing to this project');
  });
});
