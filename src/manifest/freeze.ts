import { isDeepStrictEqual } from 'node:util';
import { isAccounts } from './accounts.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';
import type { FrozenEndpoint, OldVersion, OldVersions } from './old-version-schema.ts';
import { tidyVersions } from './old-versions.ts';
import type { EndpointRename } from './renames.ts';

type Fields = Endpoint['fields'];

/**
 * The manifest after a change of the fields of an endpoint, with old versions that keep the endpoint
 * as it was where clients would notice; `renamed` maps old names to new ones. What does not differ
 * any more is the same endpoint again.
 */
export function withFrozen(
  before: Manifest,
  after: Manifest,
  plural: string,
  renamed: Readonly<Record<string, string>> = {},
): Manifest {
  const [old, next] = [before.endpoints[plural], after.endpoints[plural]];
  if (after.versions === undefined || old === undefined || next === undefined) return after;
  if (isAccounts(after, plural)) return after;
  const breaks = breaksClients(old.fields, next.fields);
  const versions = mapVersions(after.versions, (endpoints) => {
    const there = endpoints[plural];
    if (there === undefined && !breaks) return endpoints;
    const frozen = follow(there ?? { fields: old.fields }, old.fields, next.fields, renamed);
    return { ...endpoints, [plural]: frozen };
  });
  return withVersions(after, versions);
}

/** Whether requests or answers that were right for one shape are not for another one. */
export function breaksClients(before: Fields, after: Fields): boolean {
  const isLost = Object.entries(before).some(
    ([name, field]) => !Object.hasOwn(after, name) || !isDeepStrictEqual(after[name], field),
  );
  const added = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name));
  return isLost || added.some(([, field]) => mustBeSent(field));
}

const mustBeSent = (field: Field) =>
  !('optional' in field || 'default' in field || 'readonly' in field || 'owner' in field);

/** The names that fields of a frozen endpoint have now. */
function follow(
  { fields, from = {} }: FrozenEndpoint,
  before: Fields,
  after: Fields,
  renamed: Readonly<Record<string, string>>,
): FrozenEndpoint {
  const names = Object.keys(fields).flatMap((name): [string, string][] => {
    const was = from[name] ?? (Object.values(from).includes(name) ? undefined : name);
    if (was === undefined || !Object.hasOwn(before, was)) return [];
    const now = renamed[was] ?? was;
    return Object.hasOwn(after, now) ? [[name, now]] : [];
  });
  return { fields, from: Object.fromEntries(names) };
}

/** The manifest with the old versions of a renamed endpoint under its new name. */
export function withFrozenRename(manifest: Manifest, { from, to }: EndpointRename): Manifest {
  if (manifest.versions === undefined) return manifest;
  const versions = mapVersions(manifest.versions, (endpoints) =>
    Object.fromEntries(
      Object.entries(endpoints).map(([plural, frozen]) => [
        plural === from ? to : plural,
        mapFields(frozen, (name, field) => [
          name,
          field.type === 'ref' && field.to === from ? { ...field, to } : field,
        ]),
      ]),
    ),
  );
  return withVersions(manifest, versions);
}

/**
 * The manifest with old versions that know nothing of a removed endpoint: what referred to it is an
 * id by itself.
 */
export function withoutFrozen(manifest: Manifest, plural: string): Manifest {
  if (manifest.versions === undefined) return manifest;
  const versions = mapVersions(manifest.versions, ({ [plural]: _gone, ...endpoints }) =>
    Object.fromEntries(
      Object.entries(endpoints).map(([name, frozen]) => [
        name,
        mapFields(frozen, (field, definition) =>
          definition.type === 'ref' && definition.to === plural
            ? [fieldJsonName(field, definition), plainId(definition)]
            : [field, definition],
        ),
      ]),
    ),
  );
  return withVersions(manifest, versions);
}

const plainId = (field: Field): Field =>
  'optional' in field ? { type: 'uuid', optional: true } : { type: 'uuid' };

function mapFields(
  { fields, ...rest }: FrozenEndpoint,
  change: (name: string, field: Field) => [string, Field],
): FrozenEndpoint {
  const changed = Object.entries(fields).map(([name, field]) => change(name, field));
  return { fields: Object.fromEntries(changed), ...rest };
}

function mapVersions(
  versions: OldVersions,
  change: (endpoints: Record<string, FrozenEndpoint>) => Record<string, FrozenEndpoint>,
): OldVersions {
  const changed = Object.entries(versions).map(([name, version]): [string, OldVersion] => [
    name,
    { ...version, endpoints: change(version.endpoints ?? {}) },
  ]);
  return Object.fromEntries(changed);
}

function withVersions({ versions: _, ...manifest }: Manifest, versions: OldVersions): Manifest {
  return { ...manifest, ...tidyVersions(versions, manifest.endpoints) };
}
