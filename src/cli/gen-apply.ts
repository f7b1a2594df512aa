import type { Command } from 'commander';
import { refuseImpossible } from '../spec/applicable.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen apply`: the code follows what was edited in backend.json. */
export async function genApply(command: Command): Promise<void> {
  const flags = readChangeFlags(command);
  await changeProject(flags, 'gen apply', (project) => {
    const { manifest, applied } = project;
    refuseImpossible(applied, manifest);
    const report = reportChanged('The code is what backend.json says.', project);
    return { after: manifest, renames: {}, report };
  });
}
