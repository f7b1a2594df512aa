import type { Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';

/** The names of a service that templates of all stacks use. */
export function serviceNames(name: string, { basePath, services = {} }: Manifest) {
  const { plural, Plural, path, table, humanPlural } = resourceNames(name);
  return {
    name: plural,
    Name: Plural,
    path,
    table,
    ENV: table.toUpperCase(),
    human: humanPlural,
    webhook: services[name]?.webhook === true,
    required: services[name]?.required === true,
    basePath,
  };
}

/** Where services send events to. */
export const webhookRoutesOf = (manifest: Manifest): string[] =>
  Object.keys(manifest.services ?? {})
    .map((name) => serviceNames(name, manifest))
    .filter(({ webhook }) => webhook)
    .map(({ path }) => `POST /webhooks/${path}`);
