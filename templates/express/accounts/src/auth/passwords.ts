import { randomUUID } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { characters } from '../http/fields.ts';

/** Argon2id with OWASP's minimum cost. After a change, hashes are updated at the next login. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** `outdated`: the password is right, but its hash must be replaced. */
type Verdict = 'right' | 'outdated' | 'wrong';

let nobodys: Promise<string> | undefined;

/** Normalizes Unicode, since keyboards compose characters differently (NIST SP 800-63B). */
export const normalized = (password: string) => password.normalize('NFKC');

/** Password hashing. Passed as an argument, so that tests can count the calls. */
export type Passwords = typeof passwords;

export const passwords = {
  hash: (password: string): Promise<string> => hash(normalized(password), cost),
  async verify(stored: string, password: string): Promise<Verdict> {
    const text = normalized(password);
    if (await verify(stored, text)) return isOutdated(stored) ? 'outdated' : 'right';
    // Older hashes were made without normalization.
    const wasTyped = text !== password && (await verify(stored, password));
    return wasTyped ? 'outdated' : 'wrong';
  },
  /**
   * Verified if there is no such user, so that the response takes as long as for a wrong password.
   */
  hashOfNobody(): Promise<string> {
    nobodys ??= hash(randomUUID(), cost);
    return nobodys;
  },
};

function isOutdated(stored: string): boolean {
  const used = parseOptions(stored);
  return (Object.keys(cost) as (keyof typeof cost)[]).some((key) => used[key] !== cost[key]);
}

/** A password that a user chooses. `weaknessOf` checks its strength. */
export const newPassword = characters({ min: 12, max: 128 }).meta({ writeOnly: true });

/** A password to verify. The rules for new passwords do not apply. */
export const givenPassword = characters({ min: 1, max: 128 }).meta({ writeOnly: true });
