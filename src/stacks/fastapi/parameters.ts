import type { Match } from '../endpoint/filters.ts';

/** What stands before the name of a field in that of a parameter. */
export const prefixes: Record<Match, string> = {
  equals: '',
  includes: '',
  atLeast: 'min_',
  atMost: 'max_',
};
