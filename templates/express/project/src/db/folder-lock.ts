import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keeps every other process out of the folder until the returned function is called: two of them
 * would corrupt its database without a word. The lock of a process that is gone does not count.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'lock');
  const owner = await readOwner(file);
  if (owner !== undefined) {
    if (isRunning(owner)) throw inUse(folder, owner);
    await rm(file, { force: true });
  }
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    throw inUse(folder, await readOwner(file));
  }
  return () => rm(file, { force: true });
}

async function readOwner(file: string): Promise<number | undefined> {
  try {
    return Number(await readFile(file, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** In a container every process may be number 1: a lock with our own number was left behind. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;

function inUse(folder: string, pid: number | undefined): Error {
  return new Error(
    `The database in ${folder} is in use by process ${pid}. Stop that process first, ` +
      'or set DATABASE_URL to use a PostgreSQL server, which serves many at once.',
  );
}
