import { builtInsOf, isAccounts, usualAccountAccess } from './accounts.ts';
import { BUILT_IN } from './built-in.ts';
import { settingNames, settingRow } from './endpoint-settings.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import { aboveOf, accountsOf, onlyOf } from './manifest.ts';
import { tidyVersions } from './old-versions.ts';
import { projectKeys } from './project-settings.ts';
import { servicesOf } from './services.ts';

/** `backend.json` as text: in a stable order, without default values. */
export function formatManifest(manifest: Manifest, order?: 'as it is'): string {
  return formatJson(manifestJson(manifest, order));
}

/**
 * The manifest as JSON: its keys in their order, without default values. The endpoints are sorted by
 * name, so that endpoints of two branches rarely conflict.
 */
export function manifestJson(manifest: Manifest, order?: 'as it is'): Record<string, unknown> {
  const all = Object.entries(manifest.endpoints);
  if (order === undefined) all.sort(([one], [other]) => (one < other ? -1 : 1));
  const endpoints = Object.fromEntries(
    all.map(([plural, endpoint]) => [plural, endpointJson(plural, endpoint, manifest)]),
  );
  const { above, accounts, graphql, collections } = manifest;
  const values: Record<string, unknown> = {
    ...manifest,
    accounts: accountsOf(accounts).accounts,
    above: aboveOf(above).above,
    graphql: graphql || undefined,
    collections: collections || undefined,
    ...tidyVersions(manifest.versions, manifest.endpoints),
    services: servicesOf(manifest.services).services,
  };
  const answers = projectKeys.map((key) => [key, values[key]]);
  return { ...Object.fromEntries(answers), endpoints };
}

/** An endpoint as JSON, in the same way. */
export function endpointJson(
  plural: string,
  endpoint: Endpoint,
  accounts: Pick<Manifest, 'auth' | 'roles'>,
): Record<string, unknown> {
  const { singular, fields: all, ...settings } = endpoint;
  const builtIns = Object.keys(builtInsOf(accounts, plural)).map((name) => [name, BUILT_IN]);
  const fields = { ...all, ...Object.fromEntries(builtIns) };
  const only = onlyOf(settings.only).only;
  const values = { ...settings, only, access: accessJson(plural, settings.access, accounts) };
  const written = settingNames.map((name) => {
    const value = values[name];
    return [name, value === settingRow(name).usual ? undefined : value];
  });
  return { singular, fields, ...Object.fromEntries(written) };
}

/** The rules of access; that of accounts for who makes users is left out if it is the usual one. */
function accessJson(
  plural: string,
  access: Endpoint['access'],
  accounts: Pick<Manifest, 'auth' | 'roles'>,
): Endpoint['access'] {
  if (!isAccounts(accounts, plural) || access === undefined) return access;
  const { create, ...others } = access;
  return create === usualAccountAccess(accounts).create ? others : access;
}

/** JSON with short lists on one line, as formatters write them. */
export function formatJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(
    /^( *"(?:values|only|accounts|agents|above|names|readsAll)": )\[\n([^\]]*)\n *\]/gm,
    (block, key: string, items: string) => {
      const line = `${key}[${items
        .split('\n')
        .map((item) => item.trim())
        .join(' ')}]`;
      return line.length < 100 ? line : block;
    },
  );
  return `${json}\n`;
}
