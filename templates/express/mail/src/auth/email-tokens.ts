import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { removeExpired } from '../db/expired.ts';
import { validationError } from '../http/errors.ts';
import { hashOf, newToken } from './refresh-tokens.ts';

const hour = 3_600_000;

/** How long a token is valid after its mail was sent (ms), by what it is for. */
const lives = { registration: 24 * hour, email: 24 * hour, reset: hour, invitation: 168 * hour };

export type Purpose = keyof typeof lives;
type Holder = { userId?: string; registrationId?: string; role?: string };

/** Every reason gets the same response. The token itself is not repeated. */
export const badToken = () =>
  validationError([{ field: 'token', message: 'The token is invalid or has expired' }]);

/** Makes a token for a mail to this address. Only its hash is stored. */
export async function issueToken(
  trx: Database,
  purpose: Purpose,
  address: string,
  { userId, registrationId, role }: Holder,
): Promise<string> {
  const token = newToken();
  const now = Date.now();
  await removeExpired(trx, 'email_tokens', 'token_hash');
  await removeExpired(trx, 'registrations', 'id');
  await trx
    .insertInto('email_tokens')
    .values({
      token_hash: hashOf(token),
      purpose,
      address,
      user_id: userId ?? null,
      registration_id: registrationId ?? null,
      role: role ?? null,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + lives[purpose]).toISOString(),
    })
    .execute();
  return token;
}

/** A valid token, which stays so. Throws `badToken` if there is none. */
export async function findToken(db: Database, token: string, ...purposes: Purpose[]) {
  const found = await db
    .selectFrom('email_tokens')
    .select(['token_hash', 'purpose', 'address', 'user_id as userId', 'role'])
    .select('registration_id as registrationId')
    .where('token_hash', '=', hashOf(token))
    .where('purpose', 'in', purposes)
    .where('expires_at', '>', new Date().toISOString())
    .executeTakeFirst();
  if (!found) throw badToken();
  return found;
}

/**
 * Uses up a valid token, together with all others for the same purpose and address. Throws
 * `badToken` if there is none. It stays valid if the transaction fails.
 */
export async function takeToken(trx: Database, token: string, ...purposes: Purpose[]) {
  const found = await findToken(trx, token, ...purposes);
  // Locked in order, so that two tokens of one address that are used at once do not wait for each
  // other.
  const all = await trx
    .selectFrom('email_tokens')
    .select('token_hash')
    .where('purpose', '=', found.purpose)
    .where('address', '=', found.address)
    .orderBy('token_hash')
    .forUpdate()
    .execute();
  const hashes = all.map((row) => row.token_hash);
  if (!hashes.includes(found.token_hash)) throw badToken();
  await trx.deleteFrom('email_tokens').where('token_hash', 'in', hashes).execute();
  return found;
}

/**
 * Voids all tokens of a user, and mails on their way that would bring one: whoever knew the old
 * password may have asked for another address.
 */
export async function voidTokens(trx: Database, userId: string): Promise<void> {
  // The mails first: this waits for one that is being composed, and its token is there afterwards.
  await trx.deleteFrom('mails').where(sql`data ->> 'userId'`, '=', userId).execute();
  await trx.deleteFrom('email_tokens').where('user_id', '=', userId).execute();
}

/** Voids invitations with another role than the newest, which may have been sent by mistake. */
export async function voidInvitations(trx: Database, address: string, role: string): Promise<void> {
  await trx
    .deleteFrom('email_tokens')
    .where('purpose', '=', 'invitation')
    .where('address', '=', address)
    .where('role', '!=', role)
    .execute();
}
