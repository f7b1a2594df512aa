import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { reasonOf } from '../manifest/refusals.ts';

export const AGAIN = 'run the same command again';

/** A refusal of the operating system in words; undefined for any other error. */
export function refusedBySystem(error: unknown, path: string): Problem | undefined {
  const reason = reasonOf(error, 'write');
  if (reason === undefined) return undefined;
  return {
    found: `${path} cannot be written: ${reason}.`,
    expected: 'Expected permission and space to write; nothing was changed.',
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
