import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

export type SystemLock =
  | { status: 'held' }
  /** `none`: the operating system or the file system has no locks, or none that we can reach. */
  | { status: 'locked' | 'none'; release: () => void };

const readAndWrite = constants.O_RDWR | constants.O_CREAT;

/** Where a file can be opened and locked in one step; the numbers are those of the system. */
const lockedOpen: Partial<Record<NodeJS.Platform, number>> = {
  darwin: constants.O_NONBLOCK | 0x20,
  freebsd: constants.O_NONBLOCK | 0x20,
  win32: 0x1000_0000,
};

/** Locks a file by the operating system, which ends the lock with this process, however it ends. */
export function lockBySystem(file: string): SystemLock {
  const flag = lockedOpen[process.platform];
  return flag === undefined ? lockOpened(file) : openLocked(file, flag);
}

function openLocked(file: string, flag: number): SystemLock {
  try {
    const descriptor = openSync(file, readAndWrite | flag);
    return { status: 'locked', release: () => closeSync(descriptor) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN' || code === 'EBUSY') return { status: 'held' };
    if (code !== 'ENOTSUP') throw error;
    return { status: 'none', release: () => {} };
  }
}

/**
 * Node cannot call flock(2), but the command of that name can, for a file that we have opened: the
 * lock belongs to the opened file and stays when the command has ended.
 */
function lockOpened(file: string): SystemLock {
  const descriptor = openSync(file, readAndWrite);
  const { status, stderr } = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    encoding: 'utf8',
    timeout: 5_000,
  });
  // Only for a lock that is held it fails with 1 and without a word.
  if (status === 1 && stderr === '') {
    closeSync(descriptor);
    return { status: 'held' };
  }
  return { status: status === 0 ? 'locked' : 'none', release: () => closeSync(descriptor) };
}
