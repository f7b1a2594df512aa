import { isDeepStrictEqual } from 'node:util';
import type { Endpoint, Manifest } from './manifest.ts';
import { moveEndpoint } from './move-endpoint.ts';

/**
 * Which of the removed endpoints were probably renamed: an added one has at least half of the fields.
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

/** The share of equal fields of two endpoints, from 0 to 1. */
function sharedFields(one: Endpoint | undefined, other: Endpoint | undefined): number {
  const [fields, others] = [Object.entries(one?.fields ?? {}), other?.fields ?? {}];
  const same = fields.filter(([name, field]) => isDeepStrictEqual(others[name], field));
  return same.length / Math.max(fields.length, Object.keys(others).length, 1);
}

/**
 * Which of the removed fields were probably renamed: an added one is the same, or is the only added
 * one of its type, and the other the only removed one.
 */
export function likelyFieldRenames(before: Endpoint, after: Endpoint): ReadonlyMap<string, string> {
  const notIn = ({ fields }: Endpoint, other: Endpoint) =>
    Object.entries(fields).filter(([name]) => !Object.hasOwn(other.fields, name));
  const [gone, added] = [notIn(before, after), notIn(after, before)];
  const found = new Map<string, string>();
  for (const [from, field] of gone) {
    const open = added.filter(([name]) => ![...found.values()].includes(name));
    const same = open.find(([, other]) => isDeepStrictEqual(field, other));
    const ofType = (fields: typeof gone) => fields.filter(([, { type }]) => type === field.type);
    const [only] = ofType(gone).length === 1 && ofType(added).length === 1 ? ofType(open) : [];
    const [to] = same ?? only ?? [];
    if (to !== undefined) found.set(from, to);
  }
  return found;
}
