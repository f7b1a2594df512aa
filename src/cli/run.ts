import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { ignoreClosedPipe } from './streams.ts';

/**
 * Runs a program on the arguments and sets the exit code. Every error ends here: with `--json` it is
 * the one document on stdout, otherwise a few lines on stderr.
 */
export async function runProgram(program: Command, argv: string[]): Promise<void> {
  process.stdout.on('error', ignoreClosedPipe);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const { reportFailure } = await import('./report-failure.ts');
    process.exitCode = reportFailure(error, program, argv);
  }
}
