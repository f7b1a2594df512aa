import type { Logger } from 'pino';
import type { Caller } from '../../auth/roles.ts';
import type { Sessions } from '../../auth/sessions.ts';
import { forbidden, notFound, preconditionFailed } from '../../http/errors.ts';
import type { UsersRepository } from './users.repository.ts';
import type { ListUsersQuery, PatchUser, UserRow } from './users.schema.ts';

/** What administrators can do with users. */
export function createUsersService(repository: UsersRepository, sessions: Sessions) {
  return {
    list(query: ListUsersQuery) {
      return repository.list(query);
    },

    async get(id: string): Promise<UserRow> {
      const row = await repository.find(id);
      if (!row) throw notFound('user');
      return row;
    },

    /** What is undefined stays as it is. Nobody takes his own rights away, and locks all out. */
    async update(
      id: string,
      values: PatchUser,
      versions: string[] | undefined,
      caller: Caller,
      log: Logger,
    ): Promise<UserRow> {
      const { role, disabled } = values;
      if (id === caller.id && (disabled || (role && role !== caller.role))) {
        throw forbidden('Nobody may disable himself or change his own role');
      }
      const row = await repository.update(id, values, versions);
      if (!row) throw (await repository.find(id)) ? preconditionFailed() : notFound('user');

      if (disabled) await sessions.endAll(id);
      else sessions.forget(id);
      log.warn({ security: 'user_changed', userId: id, by: caller.id, ...values }, 'user changed');
      return row;
    },
  };
}
