import type { Command } from 'commander';
import type { FieldChange } from '../manifest/field-change.ts';
import { parseFieldChange } from '../manifest/field-change.ts';
import type { FieldRequest } from '../manifest/field-command.ts';
import { fieldCommand } from '../manifest/field-command.ts';
import { isApplied } from '../manifest/lock.ts';
import { renamesOf } from '../manifest/renames.ts';
import type { Stacks } from '../stacks/stack.ts';
import { readChangeFlags } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import type { OpenProject } from './in-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen field add|change|rename|remove`: changes the fields of an endpoint. */
export async function genField(
  request: FieldRequest,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  const flags = readChangeFlags(command);
  await changeProject(stacks, flags, (project) => {
    const { manifest } = project;
    const byHand = renamedByHand(request, project);
    if (byHand === undefined) requireApplied(project);
    const { names, after, renames } =
      byHand ?? parseFieldChange(request, manifest, project.stack.rules);
    const waits = byHand !== undefined && !isApplied(manifest, after);
    const rest = waits ? ' Other edits of backend.json are not applied yet: run gen apply.' : '';
    const report = reportChanged(doneTo(request) + rest, project);
    return { command: fieldCommand(request), after, renames, about: names.plural, report };
  });
}

/** The rename of a field that already has its new name in backend.json. */
function renamedByHand(
  request: FieldRequest,
  { manifest, applied, others, stack }: OpenProject,
): FieldChange | undefined {
  if (request.kind !== 'rename' || others.length > 0 || isApplied(manifest, applied))
    return undefined;
  const change = parseFieldChange(request, applied, stack.rules);
  const { plural } = change.names;
  const [[from, to] = []] = renamesOf(change.renames, plural);
  const fields = manifest.endpoints[plural]?.fields ?? {};
  const isThere = from && to && !Object.hasOwn(fields, from) && Object.hasOwn(fields, to);
  return isThere ? change : undefined;
}

function doneTo(request: FieldRequest): string {
  switch (request.kind) {
    case 'rename':
      return `Renamed ${request.from} to ${request.to}.`;
    case 'remove':
      return `Removed ${request.names.join(' and ')}; the new migration deletes the data.`;
    default:
      return `${request.kind === 'add' ? 'Added' : 'Changed'} ${request.fields.join(' ')}.`;
  }
}
