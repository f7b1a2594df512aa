import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { UserError } from '../spec/errors.ts';
import { reportBug, reportUserError } from './report-error.ts';

/** What a command ends with, beside the exit code 70 of a bug of ours. */
export const exitCodes = { done: 0, refused: 1, conflicts: 2, bug: 70, cancelled: 130 };

/**
 * Runs a program on the arguments and sets the exit code. Every error ends here: with `--json` it is
 * the one document on stdout, otherwise a few lines on stderr.
 */
export async function runProgram(program: Command, argv: string[]): Promise<void> {
  const json = argv.includes('--json');
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error, program.name(), json);
  }
}

function reportFailure(error: unknown, name: string, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  if (isCancelled(error)) {
    process.stderr.write('\nCancelled. Nothing was written.\n');
    return exitCodes.cancelled;
  }
  if (error instanceof UserError) {
    reportUserError(error, json);
    return exitCodes.refused;
  }
  if (error instanceof CommanderError) {
    reportUserError(fromCommander(error, name), json);
    return exitCodes.refused;
  }
  reportBug(error, json);
  return exitCodes.bug;
}

function fromCommander({ message }: CommanderError, name: string): UserError {
  const [first = '', ...more] = message.replace(/^error: /, '').split('\n');
  const found = `${first.slice(0, 1).toUpperCase()}${first.slice(1)}${first.endsWith('.') ? '' : '.'}`;
  const meant = more.join(' ').replace(/^\(|\)$/g, '');
  const expected = meant || 'The help lists what there is.';
  return new UserError([{ found, expected }], `${name} --help`);
}

function isCancelled(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortError')
  );
}
