import type { Endpoint, Manifest } from './manifest.ts';
import { onlyOf } from './manifest.ts';

/** `backend.json` as text: stable, and without what is the default. */
export function formatManifest(manifest: Manifest): string {
  return formatJson(manifestJson(manifest));
}

/** The manifest as JSON: its keys in their order, and without what is the default. */
export function manifestJson(manifest: Manifest): Record<string, unknown> {
  const { $schema, name, stack, auth, basePath, packageManager } = manifest;
  const endpoints = Object.fromEntries(
    Object.entries(manifest.endpoints).map(([plural, endpoint]) => [plural, ordered(endpoint)]),
  );
  return { $schema, name, stack, auth, basePath, packageManager, endpoints };
}

function ordered(endpoint: Endpoint): Record<string, unknown> {
  const { singular, fields, pagination, only, under, access, rateLimit } = endpoint;
  const page = pagination === 'cursor' ? undefined : pagination;
  return { singular, fields, pagination: page, ...onlyOf(only), under, access, rateLimit };
}

/** JSON with its short lists on one line, as formatters and people write them. */
export function formatJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(
    /^( *"(?:values|only)": )\[\n([^\]]*)\n *\]/gm,
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
