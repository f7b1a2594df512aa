import type { Command } from 'commander';
import { parseFieldChange } from '../manifest/field-change.ts';
import type { FieldRequest } from '../manifest/field-command.ts';
import { fieldCommand } from '../manifest/field-command.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen field add|change|rename|remove`: from what was typed to a committed plan. */
export async function genField(
  request: FieldRequest,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  const flags = readChangeFlags(command);
  await changeProject(stacks, flags, (project) => {
    requireApplied(project);
    const { manifest } = project;
    const { names, after, renames } = parseFieldChange(request, manifest, project.stack.rules);
    const report = reportChanged(doneTo(request), project);
    return { command: fieldCommand(request), after, renames, about: names.plural, report };
  });
}

function doneTo(request: FieldRequest): string {
  switch (request.kind) {
    case 'rename':
      return `${request.from} is ${request.to} now.`;
    case 'remove':
      return `${request.names.join(' and ')} will be gone with the next migration.`;
    default:
      return `${request.kind === 'add' ? 'Added' : 'Changed'} ${request.fields.join(' ')}.`;
  }
}
