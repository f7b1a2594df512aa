import { refuseImpossible } from '../spec/applicable.ts';
import { changeFlagsSchema } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen apply`: the code follows what was edited in backend.json. */
export async function genApply(options: object): Promise<void> {
  const flags = changeFlagsSchema.parse(options);
  await changeProject(flags, 'gen apply', (project) => {
    const { manifest, applied } = project;
    refuseImpossible(applied, manifest);
    const report = reportChanged('The code is what backend.json says.', project);
    return { after: manifest, renames: {}, report };
  });
}
