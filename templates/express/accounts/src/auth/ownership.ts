import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Caller, Role } from './roles.ts';

/** Whether the caller has one of the roles. */
export function hasRole(caller: Caller, ...roles: Role[]): boolean {
  return roles.includes(caller.role);
}

/** Whether the caller may read a user: themselves, and with one of the roles anybody. */
export function mayReadUser(id: string, caller: Caller, ...beyond: Role[]): boolean {
  return id.toLowerCase() === caller.id || hasRole(caller, ...beyond);
}

/**
 * The owner to filter rows by: the caller. Undefined, which means all rows, if the caller has one
 * of the roles in `beyond`.
 */
export function ownRowsUnless(caller: Caller, ...beyond: Role[]): string | undefined {
  return hasRole(caller, ...beyond) ? undefined : caller.id;
}

/** The condition that a row belongs to an owner. Undefined, which means all rows, is always true. */
export function ownedBy(column: string, ownerId: string | undefined): RawBuilder<SqlBool> {
  return ownerId === undefined ? sql`true` : sql`${sql.ref(column)} = ${ownerId}`;
}
