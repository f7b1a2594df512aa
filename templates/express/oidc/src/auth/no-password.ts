import type { Database } from '../db/database.ts';
import { conflict, forbidden } from '../http/errors.ts';

/** How new the session of a user without a password must be where others name theirs (ms). */
const recent = 600_000;

/** The answer to users who sign in at a provider only, where a password would be needed. */
export const noPassword = () => conflict('This account has no password');

/** Throws unless the user of this session has signed in just now. */
export async function requireRecentSession(db: Database, sessionId: string): Promise<void> {
  const session = await db
    .selectFrom('auth_sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('created_at', '>', new Date(Date.now() - recent).toISOString())
    .executeTakeFirst();
  if (!session) throw forbidden('Sign in again: this needs a session of the last ten minutes');
}
