import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A program that a project has, its arguments, and the folders where it may be. */
export type ProjectProgram = {
  command: string;
  args: readonly string[];
  folders?: readonly string[];
};

/** What it printed, or why there is nothing. */
export type Ran =
  | { status: 'done'; stdout: string }
  | { status: 'failed'; reason: string; isTooLong: boolean };

type Around = {
  /** Where it is run, if not in the project. */
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** In milliseconds. */
  timeout: number;
  signal?: AbortSignal;
};

/** Runs a program of the project in `root`. Never throws, whatever becomes of it. */
export async function runProgram(
  root: string,
  { command, args, folders = [] }: ProjectProgram,
  { cwd = root, env, timeout, signal }: Around,
): Promise<Ran> {
  // Another program of that name would know nothing of the project.
  const found = folders.filter((folder) => existsSync(folder));
  if (folders.length > 0 && found.length === 0) return failed('the dependencies are not installed');
  const { execa } = await import('execa');
  const result = await execa(command, args, {
    cwd,
    preferLocal: true,
    localDir: root,
    env: { ...env, PATH: [...found, process.env.PATH].join(delimiter) },
    stdin: 'ignore',
    timeout,
    maxBuffer: Number.POSITIVE_INFINITY,
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (!result.failed) return { status: 'done', stdout: result.stdout };
  if (result.code === 'ENOENT') return failed(`${command} is not installed`);
  if (result.timedOut) return failed(`it took longer than ${timeout / 1000} seconds`, true);
  const lines = stripVTControlCharacters(result.stderr).trim().split(/\r?\n/);
  // Errors begin with the place, or with a trace of calls.
  const line = lines.find((each) => /^[\w.]*(Error|Exception)\b/.test(each)) ?? lines[0];
  return failed(line || `${[command, ...args].join(' ')} could not be run`);
}

const failed = (reason: string, isTooLong = false): Ran => ({
  status: 'failed',
  reason,
  isTooLong,
});
