import type { Command } from 'commander';
import { parseRemoval } from '../manifest/removal.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen remove endpoint`: its files, its wiring, and by a new migration its table. */
export async function genRemove(typed: string, command: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(command);
  await changeProject(stacks, flags, (project) => {
    requireApplied(project);
    const { manifest } = project;
    const { names, after } = parseRemoval(typed, manifest, project.stack.rules);
    const done = `The ${names.humanPlural} are gone; their rows go when the migration runs.`;
    const command = `gen remove endpoint ${shellWord(typed)}`;
    return { command, after, report: reportChanged(done, project) };
  });
}
