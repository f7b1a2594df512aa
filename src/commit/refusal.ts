import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { codeOf } from './disk.ts';

export const AGAIN = 'run the same command again';

const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EIO', 'the disk reports an input/output error'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EBUSY', 'another program is using it'],
  ['EXDEV', 'it is on another file system than the project'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'its symbolic links lead in a circle'],
]);

/** What the operating system refused, in words; undefined if the error is ours. */
export function refusedBySystem(error: unknown, path: string): Problem | undefined {
  const code = codeOf(error);
  const reason = code === undefined ? undefined : REASONS.get(code);
  if (reason === undefined) return undefined;
  return {
    found: `${path} cannot be written: ${reason} (${code}).`,
    expected: 'Expected to be allowed to write there; nothing was changed.',
  };
}

/** Runs an operation on a path of the project; a refusal of the system becomes a UserError. */
export async function on<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const problem = refusedBySystem(error, path);
    if (problem === undefined) throw error;
    throw new UserError([problem], AGAIN);
  }
}
