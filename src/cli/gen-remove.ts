import type { Command } from 'commander';
import { UserError } from '../manifest/errors.ts';
import { parseRemoval } from '../manifest/removal.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { isExtra } from './extra-names.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen remove`: an endpoint by its name, or what a command of its own added. */
export async function genRemove(
  what: string,
  name: string | undefined,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  if (isExtra(what)) {
    if (name !== undefined) {
      const found = `\`${name}\` is the name of nothing: there is only one of \`${what}\`.`;
      const problem = { found, expected: 'Expected no name.' };
      throw new UserError([problem], `gen remove ${what}`);
    }
    const { removeExtra } = await import('./gen-extra.ts');
    return removeExtra(what, command, stacks);
  }
  if (what === 'service' && name !== undefined) {
    const { removeOwnService } = await import('./gen-service.ts');
    return removeOwnService(name, command, stacks);
  }
  if (name !== undefined) return removeEndpoint(name, command, stacks);
  const problem = { found: `The ${what} has no name.`, expected: 'Expected its name.' };
  const example = what === 'service' ? 'payments' : 'posts';
  throw new UserError([problem], `gen remove ${what} ${example}`);
}

/** `gen remove endpoint`: removes its files and its wiring, and drops its table by a migration. */
async function removeEndpoint(typed: string, command: Command, stacks: Stacks): Promise<void> {
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
