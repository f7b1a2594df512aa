import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { name } from '../about.ts';
import { normalized } from './passwords.ts';

/** Of 0 to 4. From 3 on, more than a hundred million guesses are needed. */
const leastScore = 3;
/** What stands behind so many characters is not looked at: it would take long, and adds strength only. */
const mostRead = 40;

let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * Why a password is too easy to guess, also for who knows whose it is; undefined if it is not. It is
 * compared with the 49,000 most common ones and what people make of them: other letters, dates,
 * repetitions, rows of keys (Wheeler, "zxcvbn", USENIX Security 2016).
 */
export async function weaknessOf(password: string, email: string): Promise<string | undefined> {
  estimator ??= load();
  const words = [name, email].flatMap((each) => [each, ...each.split(/[^a-z0-9]/i)]);
  const known = words.map((word) => word.slice(0, mostRead));
  const { score } = (await estimator).check(normalized(password), known);
  if (score >= leastScore) return undefined;
  return 'Too easy to guess: too much like a common password, a row of keys or your address';
}

/** Loaded when the first password is chosen: it takes 20 MB. What it does not bound takes long. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs: graphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs, maxLength: mostRead, l33tMaxSubstitutions: 8 });
}
