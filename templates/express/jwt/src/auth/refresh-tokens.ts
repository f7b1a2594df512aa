import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from '../db/database.ts';
import type { Secrets } from './tokens.ts';

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * The first refresh token of a session is random. Each later one is made from the token before it
 * and the secret of the server, so that it can be answered again although only its hash is stored.
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

    /** The token that followed a used one, until it is used in its turn. */
    async successorOf(db: Database, token: string): Promise<string | undefined> {
      // The secret may have changed since.
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

/** Not the secret itself, which signs access tokens. */
const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'refresh', 32));

const following = (token: string, key: Uint8Array) =>
  createHmac('sha256', key).update(token).digest('base64url');

/** A token is as random as a key, so that no slow hash is needed to keep it from being guessed. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
