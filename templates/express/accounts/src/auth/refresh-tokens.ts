import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from '../db/database.ts';
import type { Secrets } from './tokens.ts';

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * The first refresh token of a session is random. Each later one is derived from the previous token
 * and the server's secret, so that it can be sent again although only its hash is stored.
 */
export function createRefreshTokens({ secret, previousSecret }: Secrets) {
  const key = keyOf(secret);
  const keys = previousSecret ? [key, keyOf(previousSecret)] : [key];

  async function store(db: Database, sessionId: string, token: string, now: Date) {
    await db
      .insertInto('auth_refresh_tokens')
      .values({
        token_hash: hashOf(token),
        session_id: sessionId,
        created_at: now.toISOString(),
        used_at: null,
      })
      .execute();
    return token;
  }

  return {
    first: (db: Database, sessionId: string, now: Date) =>
      store(db, sessionId, randomBytes(32).toString('base64url'), now),

    next: (db: Database, sessionId: string, token: string, now: Date) =>
      store(db, sessionId, following(token, key), now),

    /** The successor of a used token; undefined if the successor has been used as well. */
    async successorOf(db: Database, token: string): Promise<string | undefined> {
      // The secret may have been rotated in the meantime.
      const possible = keys.map((each) => following(token, each));
      const found = await db
        .selectFrom('auth_refresh_tokens')
        .select('token_hash')
        .where('token_hash', 'in', possible.map(hashOf))
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return possible.find((each) => hashOf(each) === found?.token_hash);
    },
  };
}

/** A separate key, since the secret itself signs access tokens. */
const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'refresh', 32));

const following = (token: string, key: Uint8Array) =>
  createHmac('sha256', key).update(token).digest('base64url');

/** A fast hash is sufficient, since a random token cannot be guessed. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
