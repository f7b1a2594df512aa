import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * The pending migrations of a database, by the names of their files without ending. `missing` have
 * run and are not in the project, so that no other can run.
 */
export type Pending =
  | { status: 'known'; names: ReadonlySet<string>; missing: readonly string[] }
  | { status: 'unknown'; reason: string };

/** The program of a project that lists them, its arguments, and the folders where it may be. */
type Run = { command: string; args: readonly string[]; folders?: readonly string[] };

const LONGEST = 30_000;

/**
 * Runs the project itself, which knows its database: it prints `pending NAME` and `missing NAME` on
 * separate lines. Never throws, since the database may be unavailable.
 */
export async function readPending(
  root: string,
  { command, args, folders = [] }: Run,
): Promise<Pending> {
  // Another program of that name would know nothing of the project.
  const found = folders.filter((folder) => existsSync(folder));
  if (folders.length > 0 && found.length === 0) {
    return { status: 'unknown', reason: 'the dependencies are not installed' };
  }
  const { execa } = await import('execa');
  const result = await execa(command, args, {
    cwd: root,
    preferLocal: true,
    localDir: root,
    env: { PATH: [...found, process.env.PATH].join(delimiter) },
    stdin: 'ignore',
    timeout: LONGEST,
    reject: false,
  });
  if (!result.failed) {
    const namesOf = (lines: RegExp) =>
      [...result.stdout.matchAll(lines)].map(([, name = '']) => name);
    const names = new Set(namesOf(/^pending (\S+)$/gm));
    return { status: 'known', names, missing: namesOf(/^missing (\S+)$/gm) };
  }
  if (result.code === 'ENOENT') return { status: 'unknown', reason: `${command} is not installed` };
  if (result.timedOut) return { status: 'unknown', reason: 'the database took too long' };
  const lines = stripVTControlCharacters(result.stderr).trim().split(/\r?\n/);
  // An error of Node begins with the place, and ends with the version.
  const line = lines.find((each) => /^\w*Error\b/.test(each)) ?? lines[0];
  return { status: 'unknown', reason: line || `${[command, ...args].join(' ')} could not be run` };
}
