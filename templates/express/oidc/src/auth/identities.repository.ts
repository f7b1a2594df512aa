import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/database.ts';
import { byCreation, paginateByCursor } from '../db/pagination.ts';
import type { IdentityRow, ListIdentitiesQuery } from './oidc.schema.ts';
import type { Claims } from './oidc-provider.ts';

const columns = [
  'id',
  'provider',
  'email',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const;

type Named = Claims & { provider: string };

/** Queries for who users are at providers. */
export function createIdentities(db: Database) {
  return {
    list(userId: string, query: ListIdentitiesQuery) {
      const rows = db.selectFrom('identities').select(columns).where('user_id', '=', userId);
      return paginateByCursor(rows, query, byCreation);
    },

    /** The subject is unique for its issuer (OpenID Connect Core 1.0, section 2). */
    find({ issuer, subject }: Claims) {
      return db
        .selectFrom('identities')
        .select(columns)
        .select('user_id as userId')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
    },

    add(userId: string, named: Named, { isUsed }: { isUsed: boolean }): Promise<IdentityRow> {
      const { provider, issuer, subject, email } = named;
      const now = new Date().toISOString();
      return db
        .insertInto('identities')
        .values({
          id: uuidv7(),
          user_id: userId,
          provider,
          issuer,
          subject,
          email,
          created_at: now,
          last_used_at: isUsed ? now : null,
        })
        .returning(columns)
        .executeTakeFirstOrThrow();
    },

    async use(id: string, { email }: Claims): Promise<void> {
      await db
        .updateTable('identities')
        .set({ email, last_used_at: new Date().toISOString() })
        .where('id', '=', id)
        .execute();
    },

    /** Removes one identity of a user, unless it is their last way to sign in. */
    remove(userId: string, id: string): Promise<{ provider: string } | 'missing' | 'last'> {
      return db.transaction().execute(async (trx) => {
        // The lock makes the second of two requests see what the first has removed.
        const user = await trx
          .selectFrom('users')
          .select('password_hash')
          .where('id', '=', userId)
          .forUpdate()
          .executeTakeFirst();
        const all = await trx
          .selectFrom('identities')
          .select(['id', 'provider'])
          .where('user_id', '=', userId)
          .execute();
        const found = all.find((each) => each.id === id);
        if (!user || !found) return 'missing';
        if (user.password_hash === null && all.length === 1) return 'last';
        await trx.deleteFrom('identities').where('id', '=', id).execute();
        return { provider: found.provider };
      });
    },
  };
}
