import { randomUUID } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { characters } from '../http/fields.ts';

/** Argon2id, with the least cost that OWASP recommends. Old hashes follow a change at the next login. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** `outdated`: right, and to be hashed anew. */
type Verdict = 'right' | 'outdated' | 'wrong';

let nobodys: Promise<string> | undefined;

/** One text, whichever characters a keyboard makes it of (NIST SP 800-63B). */
export const normalized = (password: string) => password.normalize('NFKC');

/** How passwords become hashes: an argument of what needs it, so that a test can count the work. */
export type Passwords = typeof passwords;

export const passwords = {
  hash: (password: string): Promise<string> => hash(normalized(password), cost),
  async verify(stored: string, password: string): Promise<Verdict> {
    const text = normalized(password);
    if (await verify(stored, text)) return isOutdated(stored) ? 'outdated' : 'right';
    // Older hashes are of what was typed.
    const wasTyped = text !== password && (await verify(stored, password));
    return wasTyped ? 'outdated' : 'wrong';
  },
  /** Compared with where there is no user, so that the answer takes as long as a wrong password. */
  hashOfNobody(): Promise<string> {
    nobodys ??= hash(randomUUID(), cost);
    return nobodys;
  },
};

function isOutdated(stored: string): boolean {
  const used = parseOptions(stored);
  return (Object.keys(cost) as (keyof typeof cost)[]).some((key) => used[key] !== cost[key]);
}

/** A password that somebody chooses. How easy it is to guess is for `weaknessOf` to say. */
export const newPassword = characters({ min: 12, max: 128 }).meta({ writeOnly: true });

/** A password to compare: any other would only be wrong. */
export const givenPassword = characters({ min: 1, max: 128 }).meta({ writeOnly: true });
