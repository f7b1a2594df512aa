import type { KnownRoles } from '../../manifest/roles.ts';
import { toLiteral } from '../python/literal.ts';

/** Roles as arguments of a call: `"moderator", "admin"`. */
export const listRoles = (roles: readonly string[]) => roles.map(toLiteral).join(', ');

/**
 * The roles as code and documentation name them: `admin` is a literal of Python, `names.admin` the
 * name itself; `reader` is one that reads what others own.
 */
export function rolesView({ names, default: usual, admin, readers }: KnownRoles) {
  const reader = readers[0] ?? admin;
  return {
    literals: names.map(toLiteral),
    default: toLiteral(usual),
    admin: toLiteral(admin),
    reader: toLiteral(reader),
    names: { default: usual, admin, reader },
    others: names.filter((name) => name !== admin).map(toLiteral),
    told: toldOf(names.map((name) => `\`${name}\``)),
    toldReaders: toldOf(readers.map((name) => `\`${name}\``)),
    hasReaders: readers.length > 1,
  };
}

function toldOf(names: readonly string[]): string {
  const [last, ...others] = names.toReversed();
  return others.length === 0 ? `${last}` : `${others.toReversed().join(', ')} and ${last}`;
}
