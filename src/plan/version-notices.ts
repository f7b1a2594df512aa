import { isDeepStrictEqual } from 'node:util';
import { hasPart } from '../manifest/account-parts.ts';
import { isAccounts } from '../manifest/accounts.ts';
import type { Notice } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { oldVersionsOf } from '../manifest/old-versions.ts';
import type { Renames } from '../manifest/renames.ts';
import { unfilledFields } from '../stacks/endpoint/shape-difference.ts';
import type { Stack } from '../stacks/stack.ts';

type Compared = { before: Manifest; after: Manifest; renames: Renames; stack: Stack };

/** What a change means for clients of old versions, and of the base path. */
export function versionNotices(change: Compared): Notice[] {
  const notes = [...frozenNotices(change), ...sharedNotices(change), ...redirectNotices(change)];
  return [
    ...notes.map(({ path, message }): Notice => ({ kind: 'note', path, message })),
    ...unfilledNotices(change).map(
      ({ path, message }): Notice => ({ kind: 'warning', path, message }),
    ),
  ];
}

/** The fields of new rows that an old version does not send, and for which nothing can be made up. */
function unfilledNotices({ before, after, stack }: Compared): Told[] {
  return oldVersionsOf(after).flatMap(([version, { endpoints = {} }]) =>
    Object.keys(endpoints).flatMap((plural) => {
      const isOld = before.versions?.[version]?.endpoints?.[plural] !== undefined;
      const known = isOld ? unfilledFields(before, version, plural) : [];
      const path = mappingOf(stack, after, version, plural) ?? 'backend.json';
      return unfilledFields(after, version, plural)
        .filter((field) => !known.includes(field))
        .map((field) => ({
          path,
          message: `${version} cannot create ${plural} before this says what \`${field}\` becomes, which ${version} does not send.`,
        }));
    }),
  );
}

type Told = { path: string; message: string };

/** The endpoints that an old version has in a shape of its own from now on. */
function frozenNotices({ before, after, renames, stack }: Compared): Told[] {
  const nameBefore = (plural: string) =>
    plural === renames.endpoint?.to ? renames.endpoint.from : plural;
  return oldVersionsOf(after).flatMap(([version, { endpoints = {} }]) => {
    const known = before.versions?.[version]?.endpoints ?? {};
    return Object.keys(endpoints)
      .filter((plural) => !Object.hasOwn(known, nameBefore(plural)))
      .map((plural) => {
        const path = mappingOf(stack, after, version, plural) ?? 'backend.json';
        return {
          path,
          message: `${version} keeps ${plural} as it was; this maps between the two.`,
        };
      });
  });
}

const mappingOf = (stack: Stack, manifest: Manifest, version: string, plural: string) =>
  stack
    .renderEndpoint(manifest, plural)
    .map(({ path }) => path)
    .find((path) => path.includes(`/${version}/`) && /\bmapping\.\w+$/.test(path));

/** What changes in old versions as well, though their clients may notice. */
function sharedNotices({ before, after, renames: { endpoint: rename } }: Compared): Told[] {
  const all = oldVersionsOf(after);
  if (before.versions === undefined || all.length === 0) return [];
  const names = all.map(([name]) => name).join(' and ');
  const accounts = Object.keys(after.endpoints).filter(
    (plural) =>
      isAccounts(after, plural) &&
      isAccounts(before, plural) &&
      !isDeepStrictEqual(before.endpoints[plural]?.fields, after.endpoints[plural]?.fields),
  );
  const moved = rename === undefined ? [] : [rename];
  return [
    ...accounts.map((plural) => ({
      path: 'backend.json',
      message: `All versions share the accounts: ${plural} have the fields of now in ${names}, too.`,
    })),
    ...moved.map(({ from, to }) => ({
      path: 'backend.json',
      message: `${from} is called ${to} in ${names}, too: clients have to use the new path.`,
    })),
  ];
}

/** Where providers send people back to is below the base path. */
function redirectNotices({ before, after }: Compared): Told[] {
  const isMoved = before.basePath !== after.basePath;
  if (!isMoved || !hasPart(before, 'oidc') || !hasPart(after, 'oidc')) return [];
  const message = `Register the redirect URI below ${after.basePath} with each provider.`;
  return [{ path: 'backend.json', message }];
}
