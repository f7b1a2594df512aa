import { createPasswords } from '../src/auth/passwords.ts';

export const quickCost = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Hashes that cost next to nothing, since the tests make hundreds. */
export const quickPasswords = createPasswords(quickCost);
