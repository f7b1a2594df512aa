import type { Command } from 'commander';
import { parseRemoval } from '../manifest/removal.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen remove endpoint`: removes its files and its wiring, and drops its table by a migration. */
export async function genRemove(typed: string, command: Command, stacks: Stacks): Promise<void> {
  const flags = readChangeFlags(command);
  await changeProject(stacks, flags, (project) => {
    requireApplied(project);
    const { manifest } = project;
    const { names, after } = parseRemoval(typed, manifest, project.stack.rules);
    const done = `Removed ${names.plural}; the new migration drops the table.`;
    const command = `gen remove endpoint ${shellWord(typed)}`;
    return { command, after, report: reportChanged(done, project) };
  });
}
