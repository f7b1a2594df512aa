import type { FieldRequest } from '../spec/field-change.ts';
import { parseFieldChange } from '../spec/field-change.ts';
import { shellWord } from '../spec/shell.ts';
import { changeFlagsSchema } from './change-flags.ts';
import { changeProject } from './change-project.ts';
import { requireApplied } from './in-project.ts';
import { reportChanged } from './report-gen.ts';

/** `gen field add|change|rename|remove`: from what was typed to a committed plan. */
export async function genField(request: FieldRequest, options: object): Promise<void> {
  const flags = changeFlagsSchema.parse(options);
  const command = fieldCommand(request);
  await changeProject(flags, command, (project) => {
    requireApplied(project);
    const { manifest } = project;
    const { names, after, renames } = parseFieldChange(request, manifest);
    const report = reportChanged(doneTo(request), project);
    return { after, renames, about: names.plural, report };
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

function fieldCommand(request: FieldRequest): string {
  const all = ['gen', 'field', request.kind, request.endpoint, ...wordsOf(request)];
  return all.map(shellWord).join(' ');
}

function wordsOf(request: FieldRequest): readonly string[] {
  switch (request.kind) {
    case 'rename':
      return [request.from, request.to];
    case 'remove':
      return request.names;
    default:
      return request.fields;
  }
}
