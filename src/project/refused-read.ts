import { UserError } from '../manifest/errors.ts';
import { reasonOf } from '../manifest/refusals.ts';
import { shellWord } from '../manifest/shell.ts';

/**
 * Handles a failed read: undefined for the given codes, since the file is missing; a UserError if the
 * system refused; any other error is thrown again.
 */
export function refusedRead(error: unknown, path: string, missing: readonly string[]): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (missing.includes(code)) return undefined;
  const reason = reasonOf(error, 'read');
  if (reason === undefined) throw error;
  const found = `${path} cannot be read: ${reason}.`;
  throw new UserError(
    [{ found, expected: 'Expected a readable file.' }],
    `ls -ld ${shellWord(path)}`,
  );
}
