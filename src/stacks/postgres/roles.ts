import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import type { Risk } from '../stack.ts';
import type { Alteration } from './alter.ts';
import { guardWhere } from './guard.ts';
import { literal } from './sql.ts';

const table = 'users';
const constraint = 'users_role_check';

/** What takes the roles that users may have from those of one manifest to those of another. */
export function alterRoles(before: Manifest, after: Manifest): Alteration {
  const [from, to] = [before, after].map(({ roles }) => knownRoles(roles));
  if (from === undefined || to === undefined || sorted(from.names) === sorted(to.names)) {
    return { up: [], down: [], risks: [] };
  }
  const gone = without(from.names, to.names);
  return {
    up: statements(gone, to),
    down: statements(without(to.names, from.names), from),
    risks: gone.map((role) => stops(role, to)),
  };
}

type Roles = { names: readonly string[]; default: string };

function statements(gone: readonly string[], { names, default: usual }: Roles): string[] {
  const still = `role in (${listed(gone)})`;
  const stopping = {
    column: 'role',
    what: `is ${gone.join(' or ')}`,
    refusedBy: constraint,
    advice: `first give these users another one, here or in this migration, such as with \`${reassign(usual, gone)}\``,
  };
  return [
    `alter table ${table} drop constraint ${constraint}`,
    ...(gone.length === 0 ? [] : [guardWhere(table, still, stopping)]),
    `alter table ${table} add constraint ${constraint} check (role in (${listed(names)}))`,
  ];
}

const stops = (role: string, { default: usual }: Roles): Risk => ({
  kind: 'stops',
  message: `The migration stops where users still have the role \`${role}\`. Give them another one first: \`${reassign(usual, [role])}\`.`,
});

const reassign = (usual: string, gone: readonly string[]) =>
  `update ${table} set role = ${literal(usual)} where role in (${listed(gone)})`;

const listed = (names: readonly string[]) => names.map(literal).join(', ');
const sorted = (names: readonly string[]) => [...names].sort().join();
const without = (names: readonly string[], others: readonly string[]) =>
  names.filter((name) => !others.includes(name));
