import { builtInsOf } from './accounts.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { FieldRequest } from './field-command.ts';
import type { Manifest } from './manifest.ts';

/** Refuses to change, rename or remove a field that comes with the accounts. */
export function refuseBuiltIns(request: FieldRequest, plural: string, manifest: Manifest): void {
  const builtIns = builtInsOf(manifest, plural);
  const { names, done } = namedIn(request);
  const problems = names
    .filter((name) => Object.hasOwn(builtIns, name))
    .map((name): Problem => {
      const found = `\`${name}\` is a built-in field of \`${plural}\` and cannot be ${done}.`;
      return { found, expected: 'Expected a field that was added.' };
    });
  if (problems.length > 0) throw new UserError(problems, `gen field ${request.kind} --help`);
}

/** The fields that are there already and that a request names, and what would become of them. */
function namedIn(request: FieldRequest): { names: readonly string[]; done: string } {
  switch (request.kind) {
    case 'add':
      return { names: [], done: '' };
    case 'change':
      return { names: request.fields.map((text) => text.replace(/:.*/, '')), done: 'changed' };
    case 'rename':
      return { names: [request.from], done: 'renamed' };
    case 'remove':
      return { names: request.names, done: 'removed' };
  }
}
