import type { Caller, Role } from './roles.ts';

/**
 * The owner whose rows a query is about: the caller, or undefined for everybody where the role of
 * the caller is one of those that may go beyond.
 */
export function ownRowsUnless(caller: Caller, ...beyond: Role[]): string | undefined {
  return beyond.includes(caller.role) ? undefined : caller.id;
}
