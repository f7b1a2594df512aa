import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fullProject } from '../generated/projects.ts';
import { run } from '../generated/run.ts';
import { pythonFaults } from './python-faults.ts';
import { walked } from './walked.ts';

/** What the compiler says of projects in a folder; of those that have none, what their parser says. */
export async function faultsIn(folder: string, states: readonly string[]): Promise<string[]> {
  const isPython = (state: string) => existsSync(join(state, 'app'));
  const typed = states.filter((state) => !isPython(state));
  const errors = typed.length === 0 ? [] : await typeErrors(folder, typed);
  return [...errors, ...(await pythonFaults(states.filter(isPython)))];
}

async function typeErrors(folder: string, states: readonly string[]): Promise<string[]> {
  const errors: string[] = [];
  for (const group of await byRoles(states)) errors.push(...(await errorsIn(folder, group)));
  return errors;
}

/** Who calls is declared for all of a program, so only projects of the same roles can share one. */
async function byRoles(states: readonly string[]): Promise<string[][]> {
  const groups = new Map<string, string[]>();
  for (const state of states) {
    const roles = await readFile(join(state, 'src/auth/roles.ts'), 'utf8').catch(() => '');
    groups.set(roles, [...(groups.get(roles) ?? []), state]);
  }
  return [...groups.values()];
}

async function errorsIn(folder: string, states: readonly string[]): Promise<string[]> {
  const installed = await fullProject();
  const config = {
    extends: join(installed, 'tsconfig.json'),
    include: states.flatMap((state) =>
      walked.express.folders.map((part) => `${relative(folder, state)}/${part}/**/*`),
    ),
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { output, exitCode } = await run('node_modules/.bin/tsc --noEmit --pretty false', folder);
  const lines = output.split('\n').filter((line) => line.includes('error TS'));
  return exitCode === 0 || lines.length > 0 ? lines : [output];
}
