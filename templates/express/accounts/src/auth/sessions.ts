import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/database.ts';
import { byCreation, paginateByCursor } from '../db/pagination.ts';
import type { ListSessionsQuery } from './auth.schema.ts';
import { hashOf, type RefreshTokens } from './refresh-tokens.ts';
import type { Caller } from './roles.ts';
import type { TokenCache } from './token-cache.ts';
import { accessTokenLife, type Tokens } from './tokens.ts';

const day = 86_400_000;
/** A session expires 30 days after its last use, and 90 days after its start at the latest. */
const idleLife = 30 * day;
const longestLife = 90 * day;
/** How long a used refresh token still works, for parallel tabs and lost responses (ms). */
const leeway = 10_000;
const userAgentLength = 200;
const mostRemoved = 100;

export type Sessions = ReturnType<typeof createSessions>;
export type IssuedTokens = { accessToken: string; refreshToken: string; expiresIn: number };
export type Refreshed =
  | { outcome: 'refreshed' | 'repeated'; userId: string; sessionId: string; tokens: IssuedTokens }
  | { outcome: 'reused'; userId: string; sessionId: string }
  | { outcome: 'refused' };

type User = Pick<Caller, 'id' | 'role'>;
/** `passwordHash` is the hash that the password was verified with. */
type Verified = { id: string; passwordHash: string };
type Parts = { tokens: Tokens; refreshTokens: RefreshTokens; verified: TokenCache };

/**
 * A session starts with a login. It has one valid refresh token at a time, which can be used once.
 * Hashes of used tokens are kept to detect reuse.
 */
export function createSessions(db: Database, { tokens, refreshTokens, verified }: Parts) {
  const issue = async (caller: Caller, refreshToken: string): Promise<IssuedTokens> => ({
    accessToken: await tokens.sign(caller),
    refreshToken,
    expiresIn: accessTokenLife,
  });

  /** Starts a session. Pass a transaction if other changes depend on it. */
  async function begin(
    trx: Database,
    { id, role }: User,
    userAgent: string | undefined,
  ): Promise<IssuedTokens> {
    const now = new Date();
    const sessionId = uuidv7();
    await removeExpired(trx, now);
    await trx
      .insertInto('auth_sessions')
      .values({
        id: sessionId,
        user_id: id,
        user_agent: userAgent?.slice(0, userAgentLength) ?? null,
        created_at: now.toISOString(),
        last_used_at: now.toISOString(),
        expires_at: new Date(now.getTime() + idleLife).toISOString(),
        revoked_at: null,
      })
      .execute();
    const refreshToken = await refreshTokens.first(trx, sessionId, now);
    return issue({ id, role, sessionId }, refreshToken);
  }

  return {
    begin,

    /** Starts a session; undefined if the user was disabled or the password changed meanwhile. */
    openIfUnchanged(
      { id, passwordHash }: Verified,
      userAgent: string | undefined,
    ): Promise<IssuedTokens | undefined> {
      return db.transaction().execute(async (trx) => {
        // The lock delays changes of the user until the session exists, so that they can end it.
        const user = await trx
          .selectFrom('users')
          .select(['id', 'role'])
          .where('id', '=', id)
          .where('password_hash', '=', passwordHash)
          .where('disabled_at', 'is', null)
          .forShare()
          .executeTakeFirst();
        return user && begin(trx, user, userAgent);
      });
    },

    /**
     * Exchanges an unused refresh token for new tokens. Within the leeway, a used token returns the
     * same successor. Any other reuse means that the token was stolen, so the session ends.
     */
    async refresh(refreshToken: string): Promise<Refreshed> {
      const now = new Date();
      const refreshed = await db.transaction().execute(async (trx): Promise<Refreshed> => {
        // The lock makes the second of two concurrent requests see that the token is used.
        const found = await trx
          .selectFrom('auth_refresh_tokens as token')
          .innerJoin('auth_sessions as session', 'session.id', 'token.session_id')
          .innerJoin('users', 'users.id', 'session.user_id')
          .select(['token.token_hash', 'token.used_at', 'token.session_id'])
          .select(['session.created_at', 'session.user_id', 'users.role'])
          .where('token.token_hash', '=', hashOf(refreshToken))
          .where('session.revoked_at', 'is', null)
          .where('session.expires_at', '>', now.toISOString())
          .where('users.disabled_at', 'is', null)
          .forUpdate(['token', 'session'])
          .executeTakeFirst();
        if (!found) return { outcome: 'refused' };

        const { user_id: userId, session_id: sessionId, role, used_at: usedAt } = found;
        const caller = { id: userId, role, sessionId };
        const session = trx.updateTable('auth_sessions').where('id', '=', sessionId);
        if (usedAt !== null) {
          const isRecent = now.getTime() - Date.parse(usedAt) < leeway;
          const successor = isRecent && (await refreshTokens.successorOf(trx, refreshToken));
          if (successor) {
            const issued = await issue(caller, successor);
            return { outcome: 'repeated', userId, sessionId, tokens: issued };
          }
          await session.set({ revoked_at: now.toISOString() }).execute();
          return { outcome: 'reused', userId, sessionId };
        }
        await trx
          .updateTable('auth_refresh_tokens')
          .set({ used_at: now.toISOString() })
          .where('token_hash', '=', found.token_hash)
          .execute();
        const latest = Date.parse(found.created_at) + longestLife;
        const expiresAt = new Date(Math.min(now.getTime() + idleLife, latest));
        await session
          .set({ last_used_at: now.toISOString(), expires_at: expiresAt.toISOString() })
          .execute();
        const next = await refreshTokens.next(trx, sessionId, refreshToken, now);
        return { outcome: 'refreshed', userId, sessionId, tokens: await issue(caller, next) };
      });
      if (refreshed.outcome === 'reused') {
        verified.forget(({ sessionId }) => sessionId === refreshed.sessionId);
      }
      return refreshed;
    },

    /** The id of the user that a refresh token was issued to. */
    async ownerOf(refreshToken: string): Promise<string | undefined> {
      const found = await db
        .selectFrom('auth_refresh_tokens as token')
        .innerJoin('auth_sessions as session', 'session.id', 'token.session_id')
        .select('session.user_id')
        .where('token.token_hash', '=', hashOf(refreshToken))
        .executeTakeFirst();
      return found?.user_id;
    },

    /** The user of a session, if the session is active and the user is enabled. */
    findUser(sessionId: string): Promise<User | undefined> {
      return db
        .selectFrom('auth_sessions as session')
        .innerJoin('users', 'users.id', 'session.user_id')
        .select(['users.id', 'users.role'])
        .where('session.id', '=', sessionId)
        .where('session.revoked_at', 'is', null)
        .where('session.expires_at', '>', new Date().toISOString())
        .where('users.disabled_at', 'is', null)
        .executeTakeFirst();
    },

    /** The active sessions of a user. */
    list(userId: string, query: ListSessionsQuery) {
      const rows = db
        .selectFrom('auth_sessions')
        .select(['id', 'user_agent as userAgent', 'created_at as createdAt'])
        .select(['last_used_at as lastUsedAt', 'expires_at as expiresAt'])
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', new Date().toISOString());
      return paginateByCursor(rows, query, byCreation);
    },

    /** Ends one session of a user. Returns false if there is no such session. */
    async end(userId: string, sessionId: string): Promise<boolean> {
      const now = new Date().toISOString();
      const { numUpdatedRows } = await db
        .updateTable('auth_sessions')
        .set({ revoked_at: now })
        .where('id', '=', sessionId)
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      verified.forget((caller) => caller.sessionId === sessionId);
      return numUpdatedRows > 0n;
    },

    async endAll(userId: string): Promise<void> {
      await endSessions(db, userId);
      verified.forget(({ id }) => id === userId);
    },

    /** Clears the cache for a user, so that their next request queries the database. */
    forget(userId: string): void {
      verified.forget(({ id }) => id === userId);
    },
  };
}

/** Ends all sessions of a user in the database, except for `kept`. */
export async function endSessions(db: Database, userId: string, kept?: string): Promise<void> {
  const all = db
    .updateTable('auth_sessions')
    .set({ revoked_at: new Date().toISOString() })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null);
  await (kept === undefined ? all : all.where('id', '!=', kept)).execute();
}

/** Each new session deletes up to 100 expired ones of any user, without waiting for locks. */
async function removeExpired(db: Database, now: Date): Promise<void> {
  const expired = db
    .selectFrom('auth_sessions')
    .select('id')
    .where('expires_at', '<', now.toISOString())
    .orderBy('expires_at')
    .limit(mostRemoved)
    .forUpdate()
    .skipLocked();
  await db.deleteFrom('auth_sessions').where('id', 'in', expired).execute();
}
