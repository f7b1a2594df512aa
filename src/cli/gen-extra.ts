import type { Command } from 'commander';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { ExtraName } from './extra-names.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

type Switched = {
  added: string;
  present: string;
  removed: string;
  absent: string;
  on(manifest: Manifest): Manifest;
  off(manifest: Manifest): Manifest;
};

const extras: Readonly<Record<ExtraName, Switched>> = {
  collections: {
    added: 'Added collections for Postman, Insomnia and Bruno in collections.',
    present: 'the collections match backend.json already.',
    removed: 'Removed the collections.',
    absent: 'the project has no collections.',
    on: (manifest) => ({ ...manifest, collections: true }),
    off: ({ collections: _, ...manifest }) => manifest,
  },
};

/** `gen collections` and its like: adds it. */
export async function genExtra(name: ExtraName, command: Command, stacks: Stacks): Promise<void> {
  const { on, added, present } = extras[name];
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const report = reportChanged(added, project, present);
    return { command: `gen ${name}`, after: on(project.manifest), report };
  });
}

/** `gen remove collections` and its like: takes it out without a trace. */
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
