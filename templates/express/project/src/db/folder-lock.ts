import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockBySystem, type SystemLock } from './system-lock.ts';

/**
 * The operating system locks the file `lock`. Some systems have no file locks, and a folder may be
 * shared with a machine whose locks are not visible here. Therefore processes also write claims:
 * the files `lock.1`, `lock.2` and so on. Only the last claim counts. Its owner rewrites it every
 * two seconds. Another process may create the next claim if the last one is marked as free, or has
 * not changed for 15 seconds; clocks of different machines are never compared. Creating a file is
 * atomic, so only one process gets the next claim.
 */
type Claim = { number: number; text: string };

const free = 'free';
const beatEvery = 2_000;
const lookEvery = 500;
/**
 * Longer than most queries: PGlite blocks the event loop, so the claim is not rewritten meanwhile.
 */
const silence = 15_000;

const useServer = 'set DATABASE_URL to use a PostgreSQL server, which serves many at once';

/**
 * Locks the folder against other processes, since two of them would silently corrupt the database.
 * Returns a function that releases the lock. The lock of a process that has ended is ignored.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const system = systemLock(folder);
  if (system.status === 'held') throw inUse(folder, lastClaim(folder));
  try {
    const reach = system.status === 'locked' ? reachOfLocks(folder) : undefined;
    const { number } = await freeClaim(folder, reach);
    const beating = claim(folder, number + 1, reach);
    return async () => {
      clearInterval(beating);
      write(folder, { number: number + 1, text: free });
      system.release();
    };
  } catch (error) {
    system.release();
    throw error;
  }
}

function systemLock(folder: string): SystemLock {
  try {
    return lockBySystem(lockFile(folder));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : cause;
    throw new Error(
      `The database in ${folder} cannot be locked: ${problem}. Let the user of this process ` +
        `write there, or ${useServer}.`,
      { cause },
    );
  }
}

/** Waits until the last claim is free or stale, and returns it. */
async function freeClaim(folder: string, reach: string | undefined): Promise<Claim> {
  const first = lastClaim(folder);
  if (first.text === free) return first;
  // The owner shares our system locks but holds none, so it has ended.
  if (reach !== undefined && ownerOf(first).reach === reach) return first;
  for (let looks = silence / lookEvery; looks > 0; looks -= 1) {
    await sleep(lookEvery);
    const now = lastClaim(folder);
    if (now.text === free) return now;
    const isWritten = now.text !== '' && now.text !== first.text;
    if (isWritten || now.number !== first.number) throw inUse(folder, now);
  }
  return first;
}

/** Creates the next claim and rewrites it periodically. */
function claim(folder: string, number: number, reach = '-'): NodeJS.Timeout {
  const note = `${process.pid} ${hostname()} ${reach}`;
  try {
    writeFileSync(claimFile(folder, number), note, { flag: 'wx' });
  } catch (error) {
    throw isCode(error, 'EEXIST') ? inUse(folder, lastClaim(folder)) : error;
  }
  if (lastClaim(folder).number !== number) {
    rmSync(claimFile(folder, number), { force: true });
    throw inUse(folder, lastClaim(folder));
  }
  for (const older of claimsIn(folder).filter((each) => each < number)) {
    rmSync(claimFile(folder, older), { force: true });
  }

  let beats = 0;
  const beat = () => {
    const last = lastClaim(folder);
    // An error in a timer ends the process, before it writes to a database that another one owns.
    if (last.number > number) throw inUse(folder, last);
    beats += 1;
    write(folder, { number, text: `${note} ${beats}` });
  };
  return setInterval(beat, beatEvery).unref();
}

const lockFile = (folder: string) => join(folder, 'lock');
const claimFile = (folder: string, number: number) => `${lockFile(folder)}.${number}`;

function claimsIn(folder: string): number[] {
  try {
    return readdirSync(folder).flatMap((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? []));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function lastClaim(folder: string): Claim {
  const number = Math.max(0, ...claimsIn(folder));
  if (number === 0) return { number, text: free };
  try {
    return { number, text: readFileSync(claimFile(folder, number), 'utf8') };
  } catch (error) {
    // The owner of the next claim has just removed it.
    if (isCode(error, 'ENOENT')) return lastClaim(folder);
    throw error;
  }
}

function write(folder: string, { number, text }: Claim): void {
  try {
    writeFileSync(claimFile(folder, number), text);
  } catch (error) {
    // The folder was deleted: there is nothing left to lock.
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function ownerOf({ text }: Claim) {
  const [pid, host, reach] = text.split(' ');
  return { pid, host, reach };
}

/** Identifies the processes that see the same locks: one kernel and one mounted file system. */
function reachOfLocks(folder: string): string {
  return `${kernel()}/${statSync(lockFile(folder)).dev}`;
}

function kernel(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return hostname();
  }
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;

function inUse(folder: string, last: Claim): Error {
  const { pid, host } = ownerOf(last);
  const owner = host === undefined ? 'another process' : `process ${pid} on ${host}`;
  return new Error(
    `The database in ${folder} is in use by ${owner}, which holds ${lockFile(folder)}. ` +
      `Stop that process (the lock ends with it, so leave the file), or ${useServer}.`,
  );
}
