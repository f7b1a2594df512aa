import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Contender, useContenders } from './contenders.ts';

// Most of the time it only waits, for as long as a lock has to be silent: all of it at once.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const CONTENDERS = 30;
const ROUNDS = Number(process.env.LOCK_ROUNDS ?? 10);
/** A machine, or a file system, on which the system cannot lock. */
const withoutLocks = { env: { ...process.env, PATH: '' } };

const contender = useContenders('folder-contender.ts');

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  folders.push(folder);
  return folder;
}

const lastClaim = async (folder: string) => {
  const numbers = (await readdir(folder)).flatMap((name) => Number(name.split('.')[1] ?? []));
  return join(folder, `lock.${Math.max(...numbers)}`);
};

/** A folder whose owner was killed. */
async function abandoned(options?: Parameters<typeof contender>[0]): Promise<string> {
  const folder = await newFolder();
  const owner = contender(options);
  expect(await owner.ask(`lock ${folder}`)).toBe('locked');
  await owner.end('SIGKILL');
  return folder;
}

async function race(all: Contender[], folder: string): Promise<Contender> {
  const answers = await Promise.all(all.map((each) => each.ask(`lock ${folder}`)));
  const refused = answers.filter((answer) => answer.includes('is in use by'));
  expect(refused).toHaveLength(all.length - 1);
  const winner = all[answers.indexOf('locked')];
  if (winner === undefined) throw new Error('nobody got the lock');
  return winner;
}

const refusal = (owner: Contender, folder: string) =>
  `The database in ${folder} is in use by process ${owner.child.pid} on ${hostname()}, ` +
  `which holds ${folder}/lock. Stop that process (the lock ends with it, so leave the file), ` +
  'or set DATABASE_URL to use a PostgreSQL server, which serves many at once.';

describe('a lock of the operating system', () => {
  it(`goes to one of ${CONTENDERS} processes that find a stale one at the same instant`, async () => {
    const folder = await abandoned();
    const all = Array.from({ length: CONTENDERS }, () => contender());
    for (let round = 0; round < ROUNDS; round++) {
      const winner = await race(all, folder);
      const stale = await readFile(await lastClaim(folder));
      await winner.ask('release');
      // As if it had been killed.
      await writeFile(await lastClaim(folder), stale);
    }
    await Promise.all(all.map(({ end }) => end('SIGKILL')));
  });

  it.concurrent('is free at once when its owner was killed, whoever has its number now', async () => {
    const folder = await abandoned();
    const claim = await lastClaim(folder);
    const note = await readFile(claim, 'utf8');
    await writeFile(claim, note.replace(/^\d+/, String(process.pid)));
    const before = performance.now();
    expect(await contender().ask(`lock ${folder}`)).toBe('locked');
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it.concurrent('holds, whatever its number, its clock and its silence say', async () => {
    const folder = await newFolder();
    const owner = contender();
    expect(await owner.ask(`lock ${folder}`)).toBe('locked');
    expect(await contender().ask(`lock ${folder}`)).toBe(refusal(owner, folder));

    owner.child.kill('SIGSTOP');
    await sleep(17_000);
    expect(await contender().ask(`lock ${folder}`)).toBe(refusal(owner, folder));
    const claim = await lastClaim(folder);
    for (const time of [new Date(0), new Date('2099-01-01')]) {
      await utimes(claim, time, time);
      await utimes(join(folder, 'lock'), time, time);
      expect(await contender().ask(`lock ${folder}`)).toContain('is in use by');
    }
    // A number of another container, where it means another process or none.
    await writeFile(claim, (await readFile(claim, 'utf8')).replace(/^\d+ \S+/, '999999999 inside'));
    expect(await contender().ask(`lock ${folder}`)).toContain('process 999999999 on inside');
    owner.child.kill('SIGCONT');
    expect(await owner.ask('release')).toBe('released');
    expect(await contender().ask(`lock ${folder}`)).toBe('locked');
  });

  it.concurrent('does not reach another machine: there it counts as long as it is written to', async () => {
    const folder = await newFolder();
    const claim = join(folder, 'lock.3');
    let beats = 0;
    const write = () => writeFile(claim, `1 elsewhere 00000000-other/1 ${beats++}`);
    await write();
    const beating = setInterval(write, 2_000);
    expect(await contender().ask(`lock ${folder}`)).toContain('in use by process 1 on elsewhere');
    clearInterval(beating);
    expect(await contender().ask(`lock ${folder}`)).toBe('locked');
    expect(await readdir(folder)).toEqual(['lock', 'lock.4']);
  });
});

describe('where the system has no lock', () => {
  it.concurrent(`one of ${CONTENDERS} processes gets a stale one`, async () => {
    const folder = await abandoned(withoutLocks);
    await race(
      Array.from({ length: CONTENDERS }, () => contender(withoutLocks)),
      folder,
    );
  });

  it.concurrent('one of many gets a new one, and the next one after its release', async () => {
    const folder = await newFolder();
    const all = Array.from({ length: 8 }, () => contender(withoutLocks));
    const winner = await race(all, folder);
    expect(await all.find((each) => each !== winner)?.ask(`lock ${folder}`)).toBe(
      refusal(winner, folder),
    );
    await winner.ask('release');
    expect(await contender(withoutLocks).ask(`lock ${folder}`)).toBe('locked');
  });

  it.concurrent('an owner that was stopped for too long ends before it can write again', async () => {
    const folder = await newFolder();
    const owner = contender(withoutLocks);
    expect(await owner.ask(`lock ${folder}`)).toBe('locked');
    owner.child.kill('SIGSTOP');
    const next = contender(withoutLocks);
    expect(await next.ask(`lock ${folder}`)).toBe('locked');
    owner.child.kill('SIGCONT');
    expect(await owner.ended).toContain(refusal(next, folder));
  });

  it.concurrent('a system that has locks, and one that has none, keep off each other', async () => {
    const folder = await newFolder();
    const [one, other] = [contender(), contender(withoutLocks)];
    expect(await one.ask(`lock ${folder}`)).toBe('locked');
    expect(await other.ask(`lock ${folder}`)).toBe(refusal(one, folder));
    await one.ask('release');
    expect(await other.ask(`lock ${folder}`)).toBe('locked');
    expect(await one.ask(`lock ${folder}`)).toBe(refusal(other, folder));
  });
});

it('a folder that may not be written is named, with the reason', async () => {
  const folder = await newFolder();
  await chmod(folder, 0o555);
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  expect(await contender(nobody).ask(`lock ${folder}`)).toMatch(
    new RegExp(
      `The database in ${folder} cannot be locked: EACCES: .*'${folder}/lock'\\. Let the user`,
    ),
  );
});

it('the system of this machine can lock, or these tests would prove nothing', () => {
  if (process.platform === 'linux') expect(spawnSync('flock', ['--version']).error).toBeUndefined();
});
