import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

export type SystemLock =
  | { status: 'held' }
  /** `none`: the operating system or the file system has no locks that Node can use. */
  | { status: 'locked' | 'none'; release: () => void };

const readAndWrite = constants.O_RDWR | constants.O_CREAT;

/** Flags that open and lock a file in one step, on the systems that have them. */
const lockedOpen: Partial<Record<NodeJS.Platform, number>> = {
  darwin: constants.O_NONBLOCK | 0x20,
  freebsd: constants.O_NONBLOCK | 0x20,
  win32: 0x1000_0000,
};

/** Locks a file with the operating system, which releases the lock when this process ends. */
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
 * Node cannot call flock(2), but the command `flock` can lock a descriptor that it inherits. The
 * lock belongs to the open file, so it remains after the command has ended.
 */
function lockOpened(file: string): SystemLock {
  const descriptor = openSync(file, readAndWrite);
  const { status, stderr } = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    encoding: 'utf8',
    timeout: 5_000,
  });
  // A lock that is held is the only failure with status 1 and no message.
  if (status === 1 && stderr === '') {
    closeSync(descriptor);
    return { status: 'held' };
  }
  return { status: status === 0 ? 'locked' : 'none', release: () => closeSync(descriptor) };
}
