import type { Caller, Role } from './roles.ts';

/**
 * The owner to filter rows by: the caller. Undefined, which means all rows, if the caller has one
 * of the roles in `beyond`.
 */
export function ownRowsUnless(caller: Caller, ...beyond: Role[]): string | undefined {
  return beyond.includes(caller.role) ? undefined : caller.id;
}
