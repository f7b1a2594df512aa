import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockBySystem, type SystemLock } from './system-lock.ts';

/**
 * The file `lock` is locked by the operating system. Where that cannot be, or for a folder shared
 * with a machine whose locks are not seen here, claims decide: the files `lock.1`, `lock.2` and so
 * on, of which only the last counts. Its owner writes to it again and again. It may be followed
 * when it is free, or when it has not changed for long enough: no two clocks are compared. Of all
 * who follow the same claim, only one can make the next file.
 */
type Claim = { number: number; text: string };

const free = 'free';
const beatEvery = 2_000;
const lookEvery = 500;
/** A long query of PGlite keeps this process from writing to its claim. */
const silence = 15_000;

const useServer = 'set DATABASE_URL to use a PostgreSQL server, which serves many at once';

/**
 * Keeps every other process out of the folder until the returned function is called: two of them
 * would corrupt its database without a word. The lock of a process that is gone does not count.
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

/** The last claim, once it may be followed. */
async function freeClaim(folder: string, reach: string | undefined): Promise<Claim> {
  const first = lastClaim(folder);
  if (first.text === free) return first;
  // Whose lock we would see, and do not, is gone.
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

/** Makes the next claim, and keeps writing to it. */
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
    // Thrown here, it ends the process before it writes to a database that is another's by now.
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
    // Its follower has just removed it.
    if (isCode(error, 'ENOENT')) return lastClaim(folder);
    throw error;
  }
}

function write(folder: string, { number, text }: Claim): void {
  try {
    writeFileSync(claimFile(folder, number), text);
  } catch (error) {
    // The whole folder was removed: there is nothing left to lock.
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function ownerOf({ text }: Claim) {
  const [pid, host, reach] = text.split(' ');
  return { pid, host, reach };
}

/** Who sees the same locks: one kernel with all its containers, on one mounted file system. */
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
