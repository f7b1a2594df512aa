import { UserError } from '../manifest/errors.ts';
import { shellWord } from '../manifest/shell.ts';

const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'it is not a folder'],
  ['EIO', 'the disk reports an input/output error'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ELOOP', 'its symbolic links lead in a circle'],
]);

/**
 * What a failed read means: nothing is there, for the codes given; a UserError, where the system
 * refused; anything else is thrown on.
 */
export function refusedRead(error: unknown, path: string, missing: readonly string[]): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (missing.includes(code)) return undefined;
  const reason = REASONS.get(code);
  if (reason === undefined) throw error;
  const found = `${path} cannot be read: ${reason} (${code}).`;
  throw new UserError(
    [{ found, expected: 'Expected to be able to read it.' }],
    `ls -ld ${shellWord(path)}`,
  );
}
