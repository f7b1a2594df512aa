import { isDeepStrictEqual } from 'node:util';
import { isOwned, usualAccess } from '../manifest/access.ts';
import { isAccounts } from '../manifest/accounts.ts';
import { circularRefs } from '../manifest/circles.ts';
import { refsTo } from '../manifest/endpoint-rules.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Renames } from '../manifest/renames.ts';

/** The endpoints, by their plurals, whose code differs between two manifests. */
export type Affected = {
  added: string[];
  /** Endpoints that existed before; a renamed one has its new name here. */
  changed: string[];
  removed: string[];
};

/** The endpoints that a change affects; those that refer to a changed one use its names and tests. */
export function findAffected(
  before: Manifest,
  after: Manifest,
  { endpoint: rename }: Renames,
): Affected {
  const [old, next] = [before.endpoints, after.endpoints];
  const nameBefore = (plural: string) => (plural === rename?.to ? rename.from : plural);
  const nameAfter = (plural: string) => (plural === rename?.from ? rename.to : plural);
  const plurals = Object.keys(next).filter((plural) => Object.hasOwn(old, nameBefore(plural)));
  const edited = plurals.filter(
    (plural) => plural === rename?.to || !isDeepStrictEqual(old[plural], next[plural]),
  );
  const everything = !isDeepStrictEqual(answersOf(before), answersOf(after));
  const isReferring = (plural: string) =>
    edited.some((to) => {
      const { fields, access } = next[plural] ?? { fields: {} };
      // A row belongs to a user where a rule of access says so, with a field for that or without.
      const isOfUsers = isAccounts(after, to) && isOwned({ ...usualAccess, ...access });
      return isOfUsers || refsTo(to, { fields }).length > 0;
    });
  // A change of another endpoint can make a reference a part of a circle.
  const isTurned = (plural: string) =>
    edited.length > 0 && !isDeepStrictEqual(circularRefs(plural, old), circularRefs(plural, next));
  return {
    added: Object.keys(next).filter((plural) => !Object.hasOwn(old, nameBefore(plural))),
    changed: plurals.filter(
      (plural) => everything || edited.includes(plural) || isReferring(plural) || isTurned(plural),
    ),
    removed: Object.keys(old).filter((plural) => !Object.hasOwn(next, nameAfter(plural))),
  };
}

/** The same without the accounts that come or go: their lines do so with the files of the project. */
export function withoutAccounts(
  affected: Affected,
  { before, after }: { before: Manifest; after: Manifest },
): Affected {
  return {
    ...affected,
    added: affected.added.filter((plural) => !isAccounts(after, plural)),
    removed: affected.removed.filter((plural) => !isAccounts(before, plural)),
  };
}

/** What endpoints and the project have in common. */
function answersOf({ endpoints: _, $schema: __, client: ___, ...answers }: Manifest) {
  return answers;
}

/** What the files of the project itself follow from: some follow from all endpoints. */
export function answersOfProject(manifest: Manifest) {
  const { graphql, client, collections, endpoints } = manifest;
  const follows = graphql || client !== undefined || collections;
  return follows ? { ...answersOf(manifest), client, endpoints } : answersOf(manifest);
}

/**
 * An order in which tables can be created. For references in a circle, `late` has those that must be
 * added after all tables exist, by endpoint; the rules of a manifest make these optional.
 */
export function orderTables(
  manifest: Manifest,
  plurals: readonly string[],
): { order: string[]; late: Map<string, string[]> } {
  const order: string[] = [];
  const late = new Map<string, string[]>();
  const rest = new Set(plurals);
  const waitsFor = (plural: string) => {
    const fields = Object.entries(manifest.endpoints[plural]?.fields ?? {});
    return fields.filter(
      ([, field]) => field.type === 'ref' && field.to !== plural && rest.has(field.to),
    );
  };
  const isRequired = ([, field]: ReturnType<typeof waitsFor>[number]) =>
    field.type === 'ref' && !field.optional;
  while (rest.size > 0) {
    const all = [...rest];
    const next =
      all.find((plural) => waitsFor(plural).length === 0) ??
      all.find((plural) => !waitsFor(plural).some(isRequired)) ??
      all[0];
    if (next === undefined) break;
    const waiting = waitsFor(next).map(([name]) => name);
    if (waiting.length > 0) late.set(next, waiting);
    rest.delete(next);
    order.push(next);
  }
  return { order, late };
}
