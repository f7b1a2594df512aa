import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../../auth/roles.ts';
import { endSessions } from '../../auth/sessions.ts';
import type { Database } from '../../db/database.ts';
import { byCreation, type CursorPage, paginateByCursor } from '../../db/pagination.ts';
import { ifSeen, timeOfChange } from '../../db/versions.ts';
import type { ListUsersQuery, PatchUser, UserRow } from './users.schema.ts';

/** All columns except the password hash, which only `findCredentials` reads. */
const columns = [
  'id',
  'email',
  'role',
  'disabled_at as disabledAt',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

type NewUser = { email: string; passwordHash: string; role: Role };
/** The change is made only if the stored hash is still `before`. */
type HashChange = { id: string; before: string; after: string };

/** Queries for users. */
export function createUsersRepository(db: Database) {
  return {
    list(query: ListUsersQuery): Promise<CursorPage<UserRow>> {
      let rows = db.selectFrom('users').select(columns);
      if (query.email !== undefined) rows = rows.where('email', '=', query.email);
      if (query.role !== undefined) rows = rows.where('role', '=', query.role);
      return paginateByCursor(rows, query, byCreation);
    },

    find(id: string): Promise<UserRow | undefined> {
      return db.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst();
    },

    findCredentials(by: { email: string } | { id: string }) {
      const user = db.selectFrom('users').select(columns).select('password_hash as passwordHash');
      const found = 'id' in by ? user.where('id', '=', by.id) : user.where('email', '=', by.email);
      return found.executeTakeFirst();
    },

    insert({ email, passwordHash, role }: NewUser): Promise<UserRow> {
      const now = new Date().toISOString();
      return db
        .insertInto('users')
        .values({
          id: uuidv7(),
          email,
          password_hash: passwordHash,
          role,
          disabled_at: null,
          created_at: now,
          updated_at: now,
        })
        .returning(columns)
        .executeTakeFirstOrThrow();
    },

    /**
     * Undefined properties are not changed. Disabling a user ends all their sessions in the same
     * transaction. `versions` are those that the caller accepts (`If-Match`).
     */
    update(
      id: string,
      { role, disabled }: PatchUser,
      versions?: string[],
    ): Promise<UserRow | undefined> {
      const now = new Date().toISOString();
      const locked = db.selectFrom('users').select(columns).where('id', '=', id).forUpdate();
      return db.transaction().execute((trx) =>
        ifSeen(trx, versions, locked, async () => {
          const row = await trx
            .updateTable('users')
            .set({
              role,
              ...(disabled !== undefined && { disabled_at: disabled ? now : null }),
              updated_at: timeOfChange(),
            })
            .where('id', '=', id)
            .returning(columns)
            .executeTakeFirst();
          if (row && disabled) await endSessions(trx, id);
          return row;
        }),
      );
    },

    /** Replaces the hash of an unchanged password. Returns false if the hash is not `before`. */
    renewPasswordHash(change: HashChange): Promise<boolean> {
      return replaceHash(db, change);
    },

    /** Changes the password and ends all sessions except `kept`. Returns false as above. */
    changePassword(change: HashChange, kept: string): Promise<boolean> {
      return db.transaction().execute(async (trx) => {
        const isReplaced = await replaceHash(trx, change);
        if (isReplaced) await endSessions(trx, change.id, kept);
        return isReplaced;
      });
    },
  };
}

async function replaceHash(db: Database, { id, before, after }: HashChange): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ password_hash: after, updated_at: new Date().toISOString() })
    .where('id', '=', id)
    .where('password_hash', '=', before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
