import { isAccounts } from './accounts.ts';
import type { Problem } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';
import type { FrozenEndpoint, OldVersion } from './old-version-schema.ts';
import { newestName, oldVersionsOf, versionNumber } from './old-versions.ts';

type Located = Problem & { path: string[] };

type Asked = Pick<Manifest, 'auth' | 'roles' | 'basePath' | 'versions' | 'endpoints'>;

/** What is wrong with old versions beyond their own fields. */
export function oldVersionsProblems(manifest: Asked): Located[] {
  const all = oldVersionsOf(manifest);
  return all.flatMap(([name, version], at) => {
    const others = all.slice(at + 1).map(([, { basePath }]) => basePath);
    return [
      ...nameProblems(name, manifest),
      ...pathProblems(version, [manifest.basePath, ...others]),
      ...dayProblems(version),
      ...Object.entries(version.endpoints ?? {}).flatMap(([plural, frozen]) =>
        endpointProblems(plural, frozen, manifest).map((problem) => ({
          ...problem,
          path: ['endpoints', plural, ...problem.path],
        })),
      ),
    ].map((problem) => ({ ...problem, path: ['versions', name, ...problem.path] }));
  });
}

function nameProblems(name: string, manifest: Asked): Located[] {
  const number = versionNumber(name);
  if (number === undefined) {
    const found = `\`${name}\` is not the name of a version.`;
    return [{ path: [], found, expected: 'Expected a name such as `v1`.' }];
  }
  const newest = newestName(manifest);
  if (number < (versionNumber(newest) ?? 0)) return [];
  const found = `\`${name}\` is not older than \`${newest}\`, which the base path names.`;
  return [{ path: [], found, expected: 'Expected only older versions.' }];
}

function pathProblems({ basePath }: OldVersion, others: readonly string[]): Located[] {
  const path = ['basePath'];
  if (others.includes(basePath)) {
    const found = `Another version has the base path \`${basePath}\` too.`;
    return [{ path, found, expected: 'Expected a base path of its own.' }];
  }
  if (!/^\/openapi(\/|$)/.test(basePath)) return [];
  const found = `The base path \`${basePath}\` is where the documents of versions are.`;
  return [{ path, found, expected: 'Expected another base path.' }];
}

function dayProblems({ deprecated, sunset }: OldVersion): Located[] {
  if (sunset === undefined || sunset >= deprecated) return [];
  const found = `It is served until ${sunset}, before ${deprecated}, since when it is deprecated.`;
  return [{ path: ['sunset'], found, expected: `Expected ${deprecated} or a later day.` }];
}

function endpointProblems(
  plural: string,
  { fields, from = {} }: FrozenEndpoint,
  { endpoints, ...accounts }: Asked,
): Located[] {
  if (isAccounts(accounts, plural)) {
    const found = `\`${plural}\` holds the accounts, which all versions share.`;
    return [{ path: [], found, expected: 'Expected other endpoints only.' }];
  }
  const now = Object.hasOwn(endpoints, plural) ? endpoints[plural] : undefined;
  if (now === undefined) {
    const found = `There is no endpoint \`${plural}\` any more.`;
    return [{ path: [], found, expected: 'Expected the name that it has now, or leave it out.' }];
  }
  const names = Object.keys(fields);
  const none: Located[] =
    names.length > 0
      ? []
      : [{ path: ['fields'], found: 'It has no fields.', expected: 'Expected at least one.' }];
  const refs = Object.entries(fields).flatMap(([name, field]): Located[] => {
    if (field.type !== 'ref' || Object.hasOwn(endpoints, field.to)) return [];
    const found = `\`${name}\` refers to \`${field.to}\`, which does not exist.`;
    return [{ path: ['fields', name], found, expected: 'Expected another endpoint, or a uuid.' }];
  });
  const renamed = Object.entries(from).flatMap(([old, name], at, all): Located[] => {
    const path = ['from', old];
    if (!names.includes(old)) {
      const found = `\`${old}\` is not one of its fields.`;
      return [{ path, found, expected: `Expected one of: ${names.join(', ')}.` }];
    }
    if (!Object.hasOwn(now.fields, name)) {
      const found = `\`${plural}\` has no field \`${name}\` now.`;
      const expected = `Expected one of: ${Object.keys(now.fields).join(', ')}.`;
      return [{ path, found, expected }];
    }
    const isTwice = all.findIndex(([, each]) => each === name) < at;
    const found = `Another field was renamed to \`${name}\` too.`;
    return isTwice ? [{ path, found, expected: 'Expected each field once.' }] : [];
  });
  return [...none, ...refs, ...renamed];
}
