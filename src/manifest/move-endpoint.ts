import type { Field } from './field.ts';
import { withFrozenRename } from './freeze.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import type { EndpointRename } from './renames.ts';

/** The manifest with an endpoint renamed, and with all references to it. */
export function moveEndpoint(manifest: Manifest, rename: EndpointRename | undefined): Manifest {
  if (rename === undefined) return manifest;
  const { from, to } = rename;
  const endpoints = Object.entries(manifest.endpoints).map(([plural, endpoint]) => [
    plural === from ? to : plural,
    redirect(endpoint, rename),
  ]);
  return withFrozenRename({ ...manifest, endpoints: Object.fromEntries(endpoints) }, rename);
}

function redirect(endpoint: Endpoint, { from, to }: EndpointRename): Endpoint {
  const fields = Object.entries(endpoint.fields).map(([name, field]): [string, Field] => [
    name,
    field.type === 'ref' && field.to === from ? { ...field, to } : field,
  ]);
  return {
    ...endpoint,
    fields: Object.fromEntries(fields),
    ...(endpoint.under === from && { under: to }),
  };
}
