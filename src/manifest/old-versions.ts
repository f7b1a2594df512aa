import { isDeepStrictEqual } from 'node:util';
import { fieldJsonName } from './field.ts';
import type { Manifest } from './manifest-schema.ts';
import type { FrozenEndpoint, OldVersion, OldVersions } from './old-version-schema.ts';

type WithVersions = { versions?: OldVersions | undefined };

/** The number of a version by its name; undefined for what is no such name. */
export function versionNumber(name: string): number | undefined {
  const [, digits] = /^v([1-9]\d{0,5})$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Old versions by their names, the newest first. */
export const oldVersionsOf = ({ versions = {} }: WithVersions) =>
  Object.entries(versions).sort(
    ([one], [other]) => (versionNumber(other) ?? 0) - (versionNumber(one) ?? 0),
  );

/** The name of the newest version, which its base path ends in or which is the next number. */
export function newestName({
  basePath,
  versions,
}: Pick<Manifest, 'basePath' | 'versions'>): string {
  const last = basePath.slice(basePath.lastIndexOf('/') + 1);
  if (versionNumber(last) !== undefined) return last;
  const [[newestOld = 'v0'] = []] = oldVersionsOf({ versions });
  return `v${(versionNumber(newestOld) ?? 0) + 1}`;
}

/**
 * Old versions from the first to the last, without endpoints that differ no longer; no key if there
 * is none.
 */
export function tidyVersions(
  versions: OldVersions | undefined,
  endpoints: Manifest['endpoints'],
): Pick<Manifest, 'versions'> {
  const all = oldVersionsOf({ versions }).reverse();
  if (all.length === 0) return {};
  return {
    versions: Object.fromEntries(all.map(([name, each]) => [name, tidy(each, endpoints)])),
  };
}

function tidy(
  { endpoints: frozen = {}, ...version }: OldVersion,
  endpoints: Manifest['endpoints'],
): OldVersion {
  const kept = Object.entries(frozen)
    .map(([plural, each]) => [plural, withoutSameNames(each)] as const)
    .filter(([plural, each]) => {
      const now = Object.hasOwn(endpoints, plural) ? endpoints[plural] : undefined;
      return now === undefined || each.from || !isDeepStrictEqual(each.fields, now.fields);
    });
  const sorted = kept.sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.length === 0 ? version : { ...version, endpoints: Object.fromEntries(sorted) };
}

function withoutSameNames({ fields, from = {} }: FrozenEndpoint): FrozenEndpoint {
  const renamed = Object.entries(from).filter(([old, name]) => old !== name);
  return renamed.length === 0 ? { fields } : { fields, from: Object.fromEntries(renamed) };
}

/** The manifest with its endpoints, fields and base path as an old version has them. */
export function manifestIn(manifest: Manifest, name: string): Manifest {
  const { versions = {}, ...rest } = manifest;
  const { [name]: version } = versions;
  if (version === undefined) throw new Error(`the manifest has no version ${name}`);
  const endpoints = Object.entries(rest.endpoints).map(([plural, endpoint]) => [
    plural,
    { ...endpoint, fields: fieldsIn(version, plural) ?? endpoint.fields },
  ]);
  return { ...rest, basePath: version.basePath, endpoints: Object.fromEntries(endpoints) };
}

/** The fields of an endpoint that differs in an old version; undefined if it does not. */
const fieldsIn = ({ endpoints = {} }: OldVersion, plural: string) =>
  Object.hasOwn(endpoints, plural) ? endpoints[plural]?.fields : undefined;

/** The name that a field of an old version has by now, as in JSON; undefined if it is gone. */
export function nameNow(
  { fields, from = {} }: FrozenEndpoint,
  now: Manifest['endpoints'][string],
  name: string,
): string | undefined {
  const taken = new Set(Object.values(from));
  const same = taken.has(name) ? undefined : name;
  const found = Object.hasOwn(from, name) ? from[name] : same;
  const field = found !== undefined && Object.hasOwn(now.fields, found) && now.fields[found];
  return field && Object.hasOwn(fields, name) ? fieldJsonName(found ?? name, field) : undefined;
}
