import type { Command } from 'commander';
import * as z from 'zod';
import { addService, removeService } from '../manifest/services.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

const flagsSchema = z.object({
  required: z.boolean().exactOptional(),
  webhook: z.boolean().exactOptional(),
});

/** `gen service`: adds a client of another service. */
export async function genService(typed: string, command: Command, stacks: Stacks): Promise<void> {
  const asked = flagsSchema.parse(command.opts());
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const { manifest } = project;
    const { name, after } = addService(typed, asked, manifest);
    const isThere = Object.hasOwn(manifest.services ?? {}, name);
    const report = reportChanged(
      isThere
        ? `Changed the client of ${name}.`
        : `Added a client of ${name}; say in .env where it is.`,
      project,
      `backend.json has the service ${name} already.`,
    );
    const flags = Object.keys(asked).map((flag) => ` --${flag}`);
    return { command: `gen service ${shellWord(typed)}${flags.join('')}`, after, report };
  });
}

/** `gen remove service`: removes its client. */
export async function removeOwnService(
  typed: string,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  await changeProject(stacks, readChangeFlags(command), (project) => {
    requireApplied(project);
    const { name, after } = removeService(typed, project.manifest);
    const report = reportChanged(`Removed the client of ${name}.`, project);
    return { command: `gen remove service ${shellWord(typed)}`, after, report };
  });
}
