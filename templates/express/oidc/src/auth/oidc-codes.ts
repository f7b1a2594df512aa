import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { removeExpired } from '../db/expired.ts';
import { validationError } from '../http/errors.ts';
import type { Claims } from './oidc-provider.ts';
import { hashOf, newToken } from './refresh-tokens.ts';

/** How long a page may take to exchange a code (ms). */
const codeLife = 60_000;

/** What a code stands for: who somebody is, and who asked to link that identity. */
export type Proof = Claims & { provider: string; userId: string | null };
/** `verifier` is what the challenge was made of (RFC 7636). */
export type Exchange = { code: string; verifier: string };

/** Every reason gets the same response. The code itself is not repeated. */
export const badCode = () =>
  validationError([{ field: 'code', message: 'The code is invalid or has expired' }]);

/** Makes a code that only the page with this challenge can use. Only its hash is stored. */
export async function issueCode(db: Database, proof: Proof, challenge: string): Promise<string> {
  const { provider, issuer, subject, email, userId } = proof;
  const code = newToken();
  const now = Date.now();
  await removeExpired(db, 'oidc_codes', 'code_hash');
  await db
    .insertInto('oidc_codes')
    .values({
      code_hash: hashOf(code),
      challenge,
      provider,
      issuer,
      subject,
      email,
      user_id: userId,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + codeLife).toISOString(),
    })
    .execute();
  return code;
}

/** Undefined if there is no such code. With another verifier, it has been stolen, and ends. */
export async function readCode(db: Database, { code, verifier }: Exchange): Promise<Proof | undefined> {
  const found = await db
    .selectFrom('oidc_codes')
    .select(['challenge', 'provider', 'issuer', 'subject', 'email', 'user_id as userId'])
    .where('code_hash', '=', hashOf(code))
    .where('expires_at', '>', new Date().toISOString())
    .executeTakeFirst();
  if (!found) return undefined;
  const { challenge, ...proof } = found;
  if (challenge === hashOf(verifier)) return proof;
  await db.deleteFrom('oidc_codes').where('code_hash', '=', hashOf(code)).execute();
  return undefined;
}

/** Throws `badCode` if another request was faster. The code stays if the transaction fails. */
export async function useUpCode(trx: Database, code: string): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('oidc_codes')
    .where('code_hash', '=', hashOf(code))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw badCode();
}

/** Gives people time to fill in what is missing: ten minutes since the code was made. */
export async function keepCode(db: Database, code: string): Promise<void> {
  await db
    .updateTable('oidc_codes')
    .set({ expires_at: sql<string>`created_at + interval '10 minutes'` })
    .where('code_hash', '=', hashOf(code))
    .execute();
}
