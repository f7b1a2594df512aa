import type { Endpoint, Manifest } from './manifest.ts';
import { aboveOf, onlyOf } from './manifest.ts';

/** `backend.json` as text: stable, and without what is the default. */
export function formatManifest(manifest: Manifest, order?: 'as it is'): string {
  return formatJson(manifestJson(manifest, order));
}

/**
 * The manifest as JSON: its keys in their order, and without what is the default. The endpoints are
 * in the order of their names, so that those of two branches seldom come to the same place.
 */
export function manifestJson(manifest: Manifest, order?: 'as it is'): Record<string, unknown> {
  const { $schema, name, stack, auth, basePath, packageManager, above } = manifest;
  const all = Object.entries(manifest.endpoints);
  if (order === undefined) all.sort(([one], [other]) => (one < other ? -1 : 1));
  const endpoints = Object.fromEntries(
    all.map(([plural, endpoint]) => [plural, endpointJson(endpoint)]),
  );
  const answers = { $schema, name, stack, auth, basePath, packageManager, ...aboveOf(above) };
  return { ...answers, endpoints };
}

/** An endpoint as JSON, in the same manner. */
export function endpointJson(endpoint: Endpoint): Record<string, unknown> {
  const { singular, fields, pagination, only, under, access, rateLimit } = endpoint;
  const page = pagination === 'cursor' ? undefined : pagination;
  return { singular, fields, pagination: page, ...onlyOf(only), under, access, rateLimit };
}

/** JSON with its short lists on one line, as formatters and people write them. */
export function formatJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(
    /^( *"(?:values|only|above)": )\[\n([^\]]*)\n *\]/gm,
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
