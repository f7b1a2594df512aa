import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import type { Tool } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { installedAt } from './is-installed.ts';
import { refusedRead } from './refused-read.ts';

const packageSchema = z.object({ name: z.string(), version: z.string() });
const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) });
const entrySchema = z.object({
  version: z.string(),
  resolved: z.string().optional(),
  integrity: z.string(),
  link: z.literal(false).optional(),
});

/** A project that may have the tool installed, and what it asks for in its package.json. */
export type User = { root: string; asks: string | undefined };

/**
 * How a project can depend on the very tool that is running. It is a version only where npm
 * noted that it came from a registry: anywhere else a stranger's package may have that name.
 * So may a project know that has it installed, by what its package.json says, whatever installed it.
 */
export async function findTool(packageRoot: string, user?: User): Promise<Tool> {
  const root = realpathSync.native(packageRoot);
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const { name, version } = packageSchema.parse(JSON.parse(text));
  const isKnown = user !== undefined && hasInstalled(user, root, name);
  if (isKnown || isFromRegistry(root, name, version)) return { kind: 'registry', version };
  const file = `${name}-${version}.tgz`;
  const built = unlessMissing(join(root, 'dist', `${name}.tgz`));
  return { kind: 'packed', file, content: built ?? (await packInstalled(root, name)) };
}

function hasInstalled({ root, asks }: User, tool: string, name: string): boolean {
  if (asks === undefined || !/^[~^]?\d/.test(asks)) return false;
  const installed = installedAt(root, name);
  return installed !== undefined && realpathSync.native(installed) === tool;
}

/** npm notes in `node_modules` where each package came from; for `npx`, in its cache. */
function isFromRegistry(root: string, name: string, version: string): boolean {
  for (let at = dirname(root); at !== dirname(at); at = dirname(at)) {
    const lock = unlessMissing(join(at, 'node_modules', '.package-lock.json'));
    if (lock === undefined) continue;
    const { packages } = lockSchema.catch({ packages: {} }).parse(readJson(lock));
    const entry = entrySchema.safeParse(packages[relative(at, root).replaceAll('\\', '/')]);
    if (!entry.success || entry.data.version !== version) return false;
    // Without `resolved`, as some settings have it, npm notes the others still: files, folders, git.
    const { resolved } = entry.data;
    return resolved === undefined || isRegistryUrl(resolved, name, version);
  }
  return false;
}

function isRegistryUrl(url: string, name: string, version: string): boolean {
  return /^https?:\/\//.test(url) && url.endsWith(`/${name}/-/${name}-${version}.tgz`);
}

function readJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(text).toString('utf8'));
  } catch {
    return undefined;
  }
}

async function packInstalled(root: string, name: string): Promise<Uint8Array> {
  const { packPackage } = await import('./pack-package.ts');
  const { content, files } = await packPackage(root);
  if (files.includes(`dist/${name}.cjs`)) return content;
  const found = `${root} was not built, so that a new project could not use it.`;
  throw new UserError([{ found, expected: `Expected dist/${name}.cjs.` }], 'npm run build');
}

function unlessMissing(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    return refusedRead(error, file, ['ENOENT', 'ENOTDIR']);
  }
}
