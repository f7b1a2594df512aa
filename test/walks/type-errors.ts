import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { installedProject } from '../generated/accounts/project.ts';
import { run } from '../generated/run.ts';

/** What the compiler says of projects in a folder. */
export async function typeErrors(folder: string, states: readonly string[]): Promise<string[]> {
  const installed = await installedProject();
  const config = {
    extends: join(installed, 'tsconfig.json'),
    include: states.flatMap((state) =>
      ['src', 'test'].map((part) => `${relative(folder, state)}/${part}/**/*`),
    ),
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { output, exitCode } = await run('node_modules/.bin/tsc --noEmit --pretty false', folder);
  const lines = output.split('\n').filter((line) => line.includes('error TS'));
  return exitCode === 0 || lines.length > 0 ? lines : [output];
}
