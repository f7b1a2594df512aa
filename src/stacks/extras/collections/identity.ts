import { hashOf } from '../../../manifest/hash.ts';

/** The same UUID for the same words at each time (RFC 9562, version 8). */
export function uuidOf(...words: readonly string[]): string {
  const hash = hashOf(words.join('\n'));
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return parts.join('-');
}

/** The same letters and digits for the same words at each time, 32 of them. */
export const idOf = (...words: readonly string[]): string => hashOf(words.join('\n')).slice(0, 32);
