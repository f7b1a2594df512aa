import type { Operation } from '../manifest/manifest.ts';
import { operations } from '../manifest/manifest.ts';
import type { Who } from '../manifest/who.ts';
import { whoMayDo } from './places.ts';
import type { Resource } from './resource.ts';

/** Whether somebody may do something: with all rows, with their own, or not at all. */
export type Grant = 'yes' | 'own' | 'no';

/** Operations of an endpoint that the same callers may do. */
export type AccessRow = {
  endpoint: string;
  operations: Operation[];
  /** Who has not signed in, and users by their roles. */
  anybody: Grant;
  roles: Record<string, Grant>;
};

export type AccessTable = { roles: readonly string[]; rows: AccessRow[] };

/** Who may do what, endpoint by endpoint. */
export function accessTable(resources: readonly Resource[]): AccessTable {
  const roles = resources.find(({ access }) => access !== undefined)?.roles.names ?? [];
  return { roles, rows: resources.flatMap((resource) => rowsOf(resource, roles)) };
}

function rowsOf(resource: Resource, roles: readonly string[]): AccessRow[] {
  const rows: AccessRow[] = [];
  for (const operation of operations.filter((each) => resource.operations.has(each))) {
    const row = rowOf(resource, operation, roles);
    const last = rows.at(-1);
    if (last && grants(last) === grants(row)) last.operations.push(operation);
    else rows.push(row);
  }
  return rows;
}

function rowOf(resource: Resource, operation: Operation, roles: readonly string[]): AccessRow {
  const who = whoMayDo(resource, operation);
  return {
    endpoint: resource.names.plural,
    operations: [operation],
    anybody: who.kind === 'public' ? 'yes' : 'no',
    roles: Object.fromEntries(roles.map((role) => [role, grantOf(who, role)])),
  };
}

function grantOf({ roles, isOwner }: Who, role: string): Grant {
  if (roles.includes(role)) return 'yes';
  return isOwner ? 'own' : 'no';
}

const grants = ({ anybody, roles }: AccessRow) => JSON.stringify([anybody, roles]);
