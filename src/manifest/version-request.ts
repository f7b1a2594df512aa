import { UserError } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';
import { newestName, oldVersionsOf, tidyVersions, versionNumber } from './old-versions.ts';
import { shellWord } from './shell.ts';

/** The arguments of `gen version`. `today` and `sunset` are days, such as 2027-05-28. */
export type VersionRequest = { name: string; sunset?: string | undefined; today: string };

/** The manifest with a newer version beside the one of now; throws a UserError where it cannot be. */
export function addVersion({ name, sunset, today }: VersionRequest, manifest: Manifest): Manifest {
  const newest = newestName(manifest);
  const [[before] = []] = oldVersionsOf(manifest);
  const isThere = name === newest && before !== undefined;
  requireNewer(name, newest, isThere);
  const old = isThere ? before : newest;
  const version = manifest.versions?.[old] ?? { basePath: manifest.basePath, deprecated: today };
  requireLater(name, version.deprecated, sunset);
  const versions = { ...manifest.versions, [old]: { ...version, ...(sunset && { sunset }) } };
  return {
    ...manifest,
    basePath: isThere ? manifest.basePath : pathOf(name, manifest.basePath),
    ...tidyVersions(versions, manifest.endpoints),
  };
}

/** `/api/v1` becomes `/api/v2`, and so does `/api`. */
const pathOf = (name: string, basePath: string) =>
  `${basePath.replace(/\/v[1-9]\d*$/, '')}/${name}`;

function requireNewer(name: string, newest: string, isThere: boolean): void {
  const number = versionNumber(newest) ?? 0;
  const next = `gen version v${number + 1}`;
  const asked = versionNumber(name);
  if (asked === undefined) {
    const found = `\`${name}\` is not the name of a version.`;
    throw new UserError([{ found, expected: 'Expected a name such as `v2`.' }], next);
  }
  if (asked > number || isThere) return;
  const found = `The newest version is ${newest}, and ${name} is not newer.`;
  throw new UserError([{ found, expected: `Expected v${number + 1} or a later one.` }], next);
}

function requireLater(name: string, deprecated: string, sunset: string | undefined): void {
  if (sunset === undefined) return;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(sunset) && !Number.isNaN(Date.parse(sunset));
  const isReal = isDay && new Date(sunset).toISOString().startsWith(sunset);
  if (isReal && sunset >= deprecated) return;
  const year = Number(deprecated.slice(0, 4)) + 1;
  const example = `${year}-${deprecated.slice(5, 7)}-01`;
  const found = isReal
    ? `The old version is deprecated since ${deprecated}, and ${sunset} is before that.`
    : `\`${sunset}\` is not a day.`;
  throw new UserError(
    [{ found, expected: `Expected a later day, such as ${example}.` }],
    `gen version ${shellWord(name)} --sunset ${example}`,
  );
}

/** The manifest without an old version; throws a UserError where there is none of that name. */
export function removeVersion(name: string, manifest: Manifest): Manifest {
  const { versions = {}, ...rest } = manifest;
  if (Object.hasOwn(versions, name)) {
    const { [name]: _gone, ...others } = versions;
    return { ...rest, ...tidyVersions(others, rest.endpoints) };
  }
  const all = oldVersionsOf(manifest).map(([each]) => each);
  const [example = '--help'] = all;
  const isNewest = name === newestName(manifest) && all.length > 0;
  const found = isNewest ? `${name} is the newest version.` : `There is no version \`${name}\`.`;
  const expected =
    all.length === 0 ? 'Expected an old one: there is none.' : `Expected ${all.join(' or ')}.`;
  const command = all.length === 0 ? 'gen version --help' : `gen version remove ${example}`;
  throw new UserError([{ found, expected }], command);
}
