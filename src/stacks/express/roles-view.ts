import type { KnownRoles } from '../../manifest/roles.ts';
import { listRoles } from './readers.ts';

/** The roles as code and documentation name them; `reader` is one that reads what others own. */
export function rolesView({ names, default: usual, admin, readers }: KnownRoles) {
  return {
    list: listRoles(names),
    default: usual,
    admin,
    others: names.filter((name) => name !== admin),
    notAdmin: listRoles(names.filter((name) => name !== admin)),
    reader: readers[0] ?? admin,
    readers: listRoles(readers),
    hasReaders: readers.length > 1,
    told: toldOf(names.map((name) => `\`${name}\``)),
    toldReaders: toldOf(readers.map((name) => `\`${name}\``)),
  };
}

function toldOf(names: readonly string[]): string {
  const [last, ...others] = names.toReversed();
  return others.length === 0 ? `${last}` : `${others.toReversed().join(', ')} and ${last}`;
}
