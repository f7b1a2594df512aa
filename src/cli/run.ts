import type { Command } from 'commander';
import { CommanderError } from 'commander';

/**
 * Runs a program on the arguments and sets the exit code. Every error ends here: with `--json` it is
 * the one document on stdout, otherwise a few lines on stderr.
 */
export async function runProgram(program: Command, argv: string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const { reportFailure } = await import('./report-failure.ts');
    process.exitCode = reportFailure(error, program, argv);
  }
}

/** Whoever reads only the first lines, as `head` does, still wants the rest to be done. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
