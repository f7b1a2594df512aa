import { closest } from './closest.ts';
import { unknownEndpoint } from './endpoint-rules.ts';
import { UserError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint, resourceNames } from './names.ts';

/** The names of all endpoints. */
export function ownNames({ endpoints }: Manifest): ResourceNames[] {
  return Object.entries(endpoints).map(([plural, { singular }]) => resourceNames(plural, singular));
}

/**
 * The endpoint that a name in any spelling means. Otherwise it throws a UserError, whose command is
 * for the one that was probably meant; `commandFor` gets undefined if that is unclear.
 */
export function findOwn(
  typed: string,
  manifest: Manifest,
  commandFor: (meant: string | undefined) => string,
): ResourceNames {
  // The usual case, without deriving the names of perhaps a thousand others.
  const exact = Object.hasOwn(manifest.endpoints, typed) ? manifest.endpoints[typed] : undefined;
  if (exact !== undefined) return resourceNames(typed, exact.singular);
  const names = ownNames(manifest);
  const found = findEndpoint(typed, names);
  if (found !== undefined) return found;
  const known = names.map(({ plural }) => plural);
  const problem = unknownEndpoint(`There is no endpoint \`${typed}\`.`, typed, known);
  const none = known.length === 0;
  const command = none ? 'gen endpoint posts title:string' : commandFor(closest(typed, known));
  throw new UserError([problem], command);
}
