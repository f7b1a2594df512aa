import { UserError } from '../manifest/errors.ts';
import { reasonOf } from '../manifest/refusals.ts';
import { shellWord } from '../manifest/shell.ts';

/**
 * What a failed read means: nothing is there, for the codes given; a UserError, where the system
 * refused; anything else is thrown on.
 */
export function refusedRead(error: unknown, path: string, missing: readonly string[]): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (missing.includes(code)) return undefined;
  const reason = reasonOf(error, 'read');
  if (reason === undefined) throw error;
  const found = `${path} cannot be read: ${reason}.`;
  throw new UserError(
    [{ found, expected: 'Expected to be able to read it.' }],
    `ls -ld ${shellWord(path)}`,
  );
}
