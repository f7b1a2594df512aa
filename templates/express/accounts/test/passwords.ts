import { createPasswords } from '../src/auth/passwords.ts';

export const quickCost = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Hashes with the lowest cost, since the tests create hundreds of them. */
export const quickPasswords = createPasswords(quickCost);
