import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import type { Tool } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { PACKAGER } from '../manifest/tool.ts';
import { refusedRead } from './refused-read.ts';

const packageSchema = z.object({ name: z.string(), version: z.string() });
const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) });
const entrySchema = z.object({
  version: z.string(),
  resolved: z.string().optional(),
  integrity: z.string(),
  link: z.literal(false).optional(),
});

/** Where a project has this tool installed, and which version it depends on. */
export type User = { installed: string | undefined; asks: string | undefined };

/**
 * How a project can depend on the running tool. It is a version only if the installer recorded that it
 * came from a registry: otherwise the registry may have another package of that name. A project that
 * has it installed and depends on a version is also proof, whatever installed it.
 */
export async function findTool(packageRoot: string, user?: User): Promise<Tool> {
  const root = realpathSync.native(packageRoot);
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const { name, version } = packageSchema.parse(JSON.parse(text));
  const isKnown = user !== undefined && hasInstalled(user, root);
  if (isKnown || isFromRegistry(root, name, version)) return { kind: 'registry', version };
  const file = `${name}-${version}.tgz`;
  const built = unlessMissing(join(root, 'dist', `${name}.tgz`));
  return { kind: 'packed', file, content: built ?? (await packInstalled(root, name)) };
}

function hasInstalled({ installed, asks }: User, tool: string): boolean {
  if (asks === undefined || !/^[~^]?\d/.test(asks)) return false;
  return installed !== undefined && realpathSync.native(installed) === tool;
}

/** An installer notes where each package came from; for programs run once, in its cache. */
function isFromRegistry(root: string, name: string, version: string): boolean {
  for (let at = dirname(root); at !== dirname(at); at = dirname(at)) {
    const lock = unlessMissing(join(at, 'node_modules', '.package-lock.json'));
    if (lock === undefined) continue;
    const { packages } = lockSchema.catch({ packages: {} }).parse(readJson(lock));
    const entry = entrySchema.safeParse(packages[relative(at, root).replaceAll('\\', '/')]);
    if (!entry.success || entry.data.version !== version) return false;
    // Without `resolved`, as some settings have it, the others are noted still: files, folders, git.
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
  throw new UserError([{ found, expected: `Expected dist/${name}.cjs.` }], `${PACKAGER} run build`);
}

function unlessMissing(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    return refusedRead(error, file, ['ENOENT', 'ENOTDIR']);
  }
}
