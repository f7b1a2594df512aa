import type { Answer, Difference } from './compare.ts';

type Known = { reason: string; covers(difference: Difference, express: Answer): boolean };

/** All that differs between the stacks in answers to requests, and what forces it. */
export const known: readonly Known[] = [];
