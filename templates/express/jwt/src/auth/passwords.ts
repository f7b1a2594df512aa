import { randomUUID } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import * as z from 'zod';

/** Argon2id, with the least cost that OWASP recommends. Old hashes follow a change at the next login. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let nobodys: Promise<string> | undefined;

/** How passwords become hashes: an argument of what needs it, so that a test can count the work. */
export type Passwords = typeof passwords;

export const passwords = {
  hash: (password: string): Promise<string> => hash(password, cost),
  verify: (stored: string, password: string): Promise<boolean> => verify(stored, password),
  /** Compared with where there is no user, so that the answer takes as long as a wrong password. */
  hashOfNobody(): Promise<string> {
    nobodys ??= hash(randomUUID(), cost);
    return nobodys;
  },
  isOutdated(stored: string): boolean {
    const used = parseOptions(stored);
    return (Object.keys(cost) as (keyof typeof cost)[]).some((key) => used[key] !== cost[key]);
  },
};

/** A password that somebody chooses. How easy it is to guess is for `weaknessOf` to say. */
export const newPassword = z.string().min(12).max(128).meta({ writeOnly: true });

/** A password to compare: any other would only be wrong. */
export const givenPassword = z.string().min(1).max(128).meta({ writeOnly: true });
