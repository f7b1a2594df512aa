import { builtInEndpoints } from './accounts.ts';
import { closest } from './closest.ts';
import { unknownEndpoint } from './endpoint-rules.ts';
import { UserError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint, resourceNames } from './names.ts';

/** The names of the endpoints that `gen endpoint` made; with those of the accounts where asked. */
export function ownNames(manifest: Manifest, which?: 'with accounts'): ResourceNames[] {
  const builtIn = which === undefined ? {} : builtInEndpoints(manifest);
  const endpoints = { ...builtIn, ...manifest.endpoints };
  return Object.entries(endpoints).map(([plural, { singular }]) => resourceNames(plural, singular));
}

/**
 * The endpoint that a name in any spelling means. Throws a UserError, whose command is for the one
 * that was probably meant; where nobody can tell, `commandFor` gets none.
 */
export function findOwn(
  typed: string,
  manifest: Manifest,
  commandFor: (meant: string | undefined) => string,
): ResourceNames {
  // As nearly always typed: the names of a thousand others need not be derived for it.
  const exact = Object.hasOwn(manifest.endpoints, typed) ? manifest.endpoints[typed] : undefined;
  if (exact !== undefined) return resourceNames(typed, exact.singular);
  const names = ownNames(manifest);
  const found = findEndpoint(typed, names);
  if (found !== undefined) return found;
  const known = names.map(({ plural }) => plural);
  const builtIn = findEndpoint(typed, ownNames(manifest, 'with accounts'));
  if (builtIn !== undefined) {
    const problem = `\`${builtIn.plural}\` comes with the accounts, and is not one that gen made.`;
    const expected = 'Its code is yours to edit.';
    throw new UserError([{ found: problem, expected }], commandFor(undefined));
  }
  const problem = unknownEndpoint(`There is no endpoint \`${typed}\`.`, typed, known);
  const none = known.length === 0;
  const command = none ? 'gen endpoint posts title:string' : commandFor(closest(typed, known));
  throw new UserError([problem], command);
}
