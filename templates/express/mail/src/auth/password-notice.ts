import type { Database } from '../db/database.ts';
import { storeMail } from '../mail/outbox.ts';
import { voidTokens } from './email-tokens.ts';

/**
 * What follows when a password has changed, in the same transaction: links that were sent before are
 * void, and the user is told, in case it was somebody else.
 */
export async function noticePasswordChange(trx: Database, userId: string): Promise<void> {
  await voidTokens(trx, userId);
  const { email } = await trx
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await storeMail(trx, email, { kind: 'password-changed' });
}
