import type { Command } from 'commander';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { ExtraName } from './extra-names.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

type Switch = (manifest: Manifest) => Manifest;

/** What is there or not; the client is in a place of its own, which another command asks for. */
const additions: Readonly<Record<Addable, { added: string; present: string; on: Switch }>> = {
  collections: {
    added: 'Added collections for Postman, Insomnia and Bruno in collections.',
    present: 'the collections match backend.json already.',
    on: (manifest) => ({ ...manifest, collections: true }),
  },
};
type Addable = Exclude<ExtraName, 'client'>;

const removals: Readonly<Record<ExtraName, { removed: string; absent: string; off: Switch }>> = {
  client: {
    removed: 'Removed the client.',
    absent: 'the project has no client.',
    off: ({ client: _, ...manifest }) => manifest,
  },
  collections: {
    removed: 'Removed the collections.',
    absent: 'the project has no collections.',
    off: ({ collections: _, ...manifest }) => manifest,
  },
};

/** `gen collections` and its like: adds it. */
export async function genExtra(name: Addable, command: Command, stacks: Stacks): Promise<void> {
  const { on, added, present } = additions[name];
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
  const { off, removed, absent } = removals[name];
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const report = reportChanged(removed, project, absent);
    return { command: `gen remove ${name}`, after: off(project.manifest), report };
  });
}
