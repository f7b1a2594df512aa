import type { Endpoint, Manifest } from './manifest-schema.ts';
import { type KnownRoles, knownRoles } from './roles.ts';

/** The endpoints that come with accounts: other endpoints can refer to them. */
const ofAccounts = ({ names, admin }: KnownRoles): Record<string, Endpoint> => ({
  users: {
    fields: {
      email: { type: 'email', unique: true },
      role: { type: 'enum', values: [...names] },
    },
    pagination: 'cursor',
    only: ['list', 'get', 'update'],
    access: { read: 'owner', create: admin, update: admin, delete: admin },
  },
});

/** The endpoints that exist without being added. */
export function builtInEndpoints({
  auth,
  roles,
}: Pick<Manifest, 'auth' | 'roles'>): Record<string, Endpoint> {
  return auth === 'jwt' ? ofAccounts(knownRoles(roles)) : {};
}
