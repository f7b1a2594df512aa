import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { name } from '../about.ts';
import { normalized } from './passwords.ts';

/** On a scale from 0 to 4. A score of 3 means more than a hundred million guesses. */
const leastScore = 3;
/** Further characters are ignored: they take long to check, and can only add strength. */
const mostRead = 40;

/** What people would try first here: add the names of your company and of its products. */
export const ownWords: readonly string[] = [name];

let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * Explains why a password is too easy to guess; undefined if it is strong enough. The password is
 * compared with the 49,000 most common ones, `ownWords`, the user's email address, and common
 * variations: replaced letters, dates, repetitions, keyboard patterns (Wheeler, "zxcvbn", USENIX
 * Security 2016).
 */
export async function weaknessOf(password: string, email: string): Promise<string | undefined> {
  estimator ??= load();
  const words = [...ownWords, email].flatMap((each) => [each, ...each.split(/[^a-z0-9]/i)]);
  const known = words.map((word) => word.slice(0, mostRead));
  const { score } = (await estimator).check(normalized(password), known);
  if (score >= leastScore) return undefined;
  return 'Too easy to guess: too similar to a common password, a keyboard pattern or your email';
}

/** Loaded on first use, since it takes 20 MB. The limits keep the check of long passwords fast. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs: graphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs, maxLength: mostRead, l33tMaxSubstitutions: 8 });
}
