import type { Endpoint, Manifest } from './manifest-schema.ts';

/** The endpoints that come with accounts: other endpoints can refer to them. */
const ofAccounts: Record<string, Endpoint> = {
  users: {
    fields: {
      email: { type: 'email', unique: true },
      role: { type: 'enum', values: ['user', 'moderator', 'admin'] },
    },
    pagination: 'cursor',
    only: ['list', 'get', 'update'],
    access: { read: 'owner', create: 'admin', update: 'admin', delete: 'admin' },
  },
};

/** The endpoints that exist without being added. */
export function builtInEndpoints(auth: Manifest['auth']): Record<string, Endpoint> {
  return auth === 'jwt' ? ofAccounts : {};
}
