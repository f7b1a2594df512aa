import type { ProjectProgram } from './run-program.ts';
import { runProgram } from './run-program.ts';

/**
 * The pending migrations of a database, by the names of their files without ending. `missing` have
 * run and are not in the project, so that no other can run.
 */
export type Pending =
  | { status: 'known'; names: ReadonlySet<string>; missing: readonly string[] }
  | { status: 'unknown'; reason: string };

const LONGEST = 30_000;

/**
 * Runs the project itself, which knows its database: it prints `pending NAME` and `missing NAME` on
 * separate lines. Never throws, since the database may be unavailable.
 */
export async function readPending(root: string, program: ProjectProgram): Promise<Pending> {
  const ran = await runProgram(root, program, { timeout: LONGEST });
  if (ran.status === 'failed') {
    return { status: 'unknown', reason: ran.isTooLong ? 'the database took too long' : ran.reason };
  }
  const namesOf = (lines: RegExp) => [...ran.stdout.matchAll(lines)].map(([, name = '']) => name);
  const names = new Set(namesOf(/^pending (\S+)$/gm));
  return { status: 'known', names, missing: namesOf(/^missing (\S+)$/gm) };
}
