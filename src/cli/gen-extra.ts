import type { Command } from 'commander';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { ExtraName } from './extra-names.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

type Removable = {
  removed: string;
  absent: string;
  off(manifest: Manifest): Manifest;
};

const extras: Readonly<Record<ExtraName, Removable>> = {
  client: {
    removed: 'Removed the client.',
    absent: 'the project has no client.',
    off: ({ client: _, ...manifest }) => manifest,
  },
};

/** `gen remove client` and its like: takes it out without a trace. */
export async function removeExtra(
  name: ExtraName,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  const { off, removed, absent } = extras[name];
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const report = reportChanged(removed, project, absent);
    return { command: `gen remove ${name}`, after: off(project.manifest), report };
  });
}
