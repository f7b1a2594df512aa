import { isDeepStrictEqual } from 'node:util';
import type { Endpoint, Manifest } from './manifest.ts';
import { moveEndpoint } from './move-endpoint.ts';

/**
 * Of endpoints that are gone, those that probably go on under another name: a new one has at least
 * half of the fields.
 */
export function likelyRenames(
  before: Manifest,
  after: Manifest,
  { removed, added }: { removed: readonly string[]; added: readonly string[] },
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const from of removed) {
    const open = added.filter((plural) => ![...found.values()].includes(plural));
    const ranked = open
      .map((to) => {
        const moved = moveEndpoint(before, { from, to }).endpoints[to];
        return { to, share: sharedFields(moved, after.endpoints[to]) };
      })
      .sort((one, other) => other.share - one.share);
    const [best] = ranked;
    if (best !== undefined && best.share >= 0.5) found.set(from, best.to);
  }
  return found;
}

/** How many of the fields of two endpoints are the same, from none to all of them. */
function sharedFields(one: Endpoint | undefined, other: Endpoint | undefined): number {
  const [fields, others] = [Object.entries(one?.fields ?? {}), other?.fields ?? {}];
  const same = fields.filter(([name, field]) => isDeepStrictEqual(others[name], field));
  return same.length / Math.max(fields.length, Object.keys(others).length, 1);
}
