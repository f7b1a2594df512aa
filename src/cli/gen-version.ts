import type { Command } from 'commander';
import * as z from 'zod';
import { shellWord } from '../manifest/shell.ts';
import { addVersion, removeVersion } from '../manifest/version-request.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';
import { readClock } from './terminal.ts';

const flagsSchema = z.object({ sunset: z.string().exactOptional() });

/** `gen version`: serves a newer version beside the one of now. */
export async function genVersion(name: string, command: Command, stacks: Stacks): Promise<void> {
  const { sunset } = flagsSchema.parse(command.opts());
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const { manifest, stack } = project;
    const today = readClock(process.env).toISOString().slice(0, 10);
    const after = addVersion({ name, sunset, today }, manifest, stack.rules);
    const until = sunset === undefined ? '' : ` --sunset ${shellWord(sunset)}`;
    const report = reportChanged(
      `${name} is at ${after.basePath}; the old version goes on at ${manifest.basePath}.`,
      project,
      `${name} is the newest version already.`,
    );
    return { command: `gen version ${shellWord(name)}${until}`, after, report };
  });
}

/** `gen version remove`: the clients of that version get 404 from then on. */
export async function removeOldVersion(
  name: string,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const after = removeVersion(name, project.manifest);
    const report = reportChanged(`Removed ${name}.`, project);
    return { command: `gen version remove ${shellWord(name)}`, after, report };
  });
}
