import { UserError } from '../../src/manifest/errors.ts';

/** What a call refuses; fails where it refuses nothing. */
export function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

/** The words of a command as a shell would hand them over, without the name of the program. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return words.slice(2).map((word) => word.replace(/'([^']*)'|\\(.)/g, '$1$2'));
}
