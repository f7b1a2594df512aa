import { createHmac } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { removeExpired } from '../db/expired.ts';
import type { Checks } from './oidc-provider.ts';
import { hashOf, newToken } from './refresh-tokens.ts';

const minute = 60_000;
/** How long somebody may take at the provider, and to go there with a ticket (ms). */
export const attemptLife = 10 * minute;
const ticketLife = minute;

/** `challenge` is that of the page which began; `userId` is who asked to link an identity. */
export type Attempt = { provider: string; challenge: string; userId: string | null };
/** What comes back: `state` with the answer of the provider, `browser` with the cookie. */
type Returned = { provider: string; state: string; browser: string };

/** Derived from the cookie, so that the database has nothing to steal. */
export function checksOf({ state, browser }: Pick<Returned, 'state' | 'browser'>): Checks {
  const derive = (what: string) =>
    createHmac('sha256', browser).update(`${what}:${state}`).digest('base64url');
  return { state, nonce: derive('nonce'), verifier: derive('verifier') };
}

export const storeAttempt = (db: Database, attempt: Attempt, { state, browser }: Returned) =>
  store(db, attempt, { state_hash: hashOf(state), browser_hash: hashOf(browser) }, attemptLife);

/** Uses up an attempt that this browser began. */
export function takeAttempt(db: Database, returned: Returned): Promise<Attempt | undefined> {
  return take(db, returned.provider, returned.state).where('browser_hash', '=', hashOf(returned.browser)).executeTakeFirst();
}

/** A ticket lets a browser, which sends no access token when it goes to an address, begin for a user. */
export async function issueTicket(db: Database, attempt: Attempt): Promise<string> {
  const ticket = newToken();
  await store(db, attempt, { state_hash: hashOf(ticket), browser_hash: null }, ticketLife);
  return ticket;
}

export function takeTicket(db: Database, provider: string, ticket: string): Promise<Attempt | undefined> {
  return take(db, provider, ticket).where('browser_hash', 'is', null).executeTakeFirst();
}

type Hashes = { state_hash: string; browser_hash: string | null };

async function store(db: Database, attempt: Attempt, hashes: Hashes, life: number): Promise<void> {
  const { provider, challenge, userId } = attempt;
  const now = Date.now();
  await removeExpired(db, 'oidc_attempts', 'state_hash');
  await db
    .insertInto('oidc_attempts')
    .values({
      ...hashes,
      provider,
      challenge,
      user_id: userId,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + life).toISOString(),
    })
    .execute();
}

const take = (db: Database, provider: string, secret: string) =>
  db
    .deleteFrom('oidc_attempts')
    .where('state_hash', '=', hashOf(secret))
    .where('provider', '=', provider)
    .where('expires_at', '>', new Date().toISOString())
    .returning(['provider', 'challenge', 'user_id as userId']);
