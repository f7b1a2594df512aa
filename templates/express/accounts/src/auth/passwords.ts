import { randomUUID } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { characters } from '../http/fields.ts';

/** The cost of Argon2id: memory in KiB, passes over it, and threads. */
type Cost = { memoryCost: number; timeCost: number; parallelism: number };

/** OWASP's minimum. After a change, hashes are updated at the next login. */
const leastCost: Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** `outdated`: the password is right, but its hash must be replaced. */
type Verdict = 'right' | 'outdated' | 'wrong';

/** Normalizes Unicode, since keyboards compose characters differently (NIST SP 800-63B). */
export const normalized = (password: string) => password.normalize('NFKC');

export type Passwords = ReturnType<typeof createPasswords>;

/** Hashes passwords with Argon2id. Only tests may choose a lower cost. */
export function createPasswords(cost: Cost = leastCost) {
  const options = { algorithm: 2, ...cost };
  let nobodys: Promise<string> | undefined;

  function isOutdated(stored: string): boolean {
    const used = parseOptions(stored);
    return (Object.keys(options) as (keyof typeof options)[]).some(
      (key) => used[key] !== options[key],
    );
  }

  return {
    hash: (password: string): Promise<string> => hash(normalized(password), options),
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
      nobodys ??= hash(randomUUID(), options);
      return nobodys;
    },
  };
}

/** A password that a user chooses. `weaknessOf` checks its strength. */
export const newPassword = characters({ min: 12, max: 128 }).meta({ writeOnly: true });

/** A password to verify. The rules for new passwords do not apply. */
export const givenPassword = characters({ min: 1, max: 128 }).meta({ writeOnly: true });
