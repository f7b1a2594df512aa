import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { hashOf } from '../manifest/hash.ts';
import { once } from '../manifest/once.ts';
import { hasCode } from './disk.ts';
import { isSeen } from './tokens.ts';

/**
 * A lock of the operating system on a folder: it survives renames, and ends with this process in any
 * case. `none` if the system or the file system has no such locks.
 */
export type Hold = { status: 'locked' | 'held' | 'none'; release: () => void };

// These systems open and lock in one step; the number is theirs.
const EXLOCK: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20, freebsd: 0x20 };
const HOUR = 3_600_000;

export function hold(folder: string): Hold {
  // Windows opens no folders.
  if (process.platform === 'win32') return { status: 'none', release: () => {} };
  const flag = EXLOCK[process.platform];
  if (flag === undefined) return lockOpened(openSync(folder, 'r'));
  try {
    const descriptor = openSync(folder, constants.O_RDONLY | constants.O_NONBLOCK | flag);
    return { status: 'locked', release: once(() => closeSync(descriptor)) };
  } catch (error) {
    if (hasCode(error, 'EAGAIN')) return { status: 'held', release: () => {} };
    if (!hasCode(error, 'ENOTSUP')) throw error;
    return { status: 'none', release: () => {} };
  }
}

/**
 * Node cannot call flock(2), but the command of that name can, for a folder that we have opened: the
 * lock belongs to the opened folder and stays when the command has ended.
 */
function lockOpened(descriptor: number): Hold {
  const { status, stderr } = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    encoding: 'utf8',
    timeout: 5_000,
  });
  const release = once(() => closeSync(descriptor));
  if (status === 0) return { status: 'locked', release };
  // It fails with 1 and without output only if the lock is held.
  return { status: status === 1 && stderr === '' ? 'held' : 'none', release };
}

/** Identifies who sees the locks of a folder: one kernel with its containers, on one file system. */
export const reachOf = (folder: string): string =>
  hashOf(`${kernel()}/${statSync(folder).dev}`).slice(0, 8);

function kernel(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  } catch {
    return hostname();
  }
}

/** Whether no process uses a temporary folder any more. */
export function isAbandoned(folder: string, token: string): boolean {
  try {
    const { status, release } = hold(folder);
    release();
    if (status === 'held') return false;
    if (status === 'locked' && isSeen(token, reachOf(folder))) return true;
    return Date.now() - statSync(folder).mtimeMs > HOUR;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
