import { stripVTControlCharacters } from 'node:util';

/** How a program of ours ended. */
export type Ended = { stdout: string; stderr: string; code: number | undefined };

/** Runs a program of ours in the current folder to its end; aborting asks it to stop. */
export async function runOwn(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Ended> {
  const { execa } = await import('execa');
  const { stdout, stderr, exitCode } = await execa(process.execPath, [program, ...args], {
    stdin: 'ignore',
    reject: false,
    cancelSignal: signal,
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  return { stdout, stderr: stripVTControlCharacters(stderr), code: exitCode };
}
