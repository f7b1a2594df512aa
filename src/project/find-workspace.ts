import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { readJson } from '../manifest/json.ts';
import { foldersAbove } from './folders-above.ts';
import { refusedRead } from './refused-read.ts';

/** A workspace that has a folder as one of its members, and what installs it. */
export type Workspace = { root: string; manager: string };

const globs = z.array(z.string());
const packageSchema = z.object({
  workspaces: z.union([globs, z.object({ packages: globs }).transform((each) => each.packages)]),
  packageManager: z.string().optional().catch(undefined),
});
type Package = z.infer<typeof packageSchema>;

/** The nearest workspace whose globs match a folder, which need not exist yet. */
export async function findWorkspace(folder: string): Promise<Workspace | undefined> {
  const target = resolve(folder);
  for (const root of foldersAbove(target)) {
    const pnpm = textOf(join(root, 'pnpm-workspace.yaml'));
    const others = readPackage(textOf(join(root, 'package.json')));
    if (pnpm === undefined && others === undefined) continue;
    // Who makes a project elsewhere need not wait for these parsers.
    const { globsOf, isMatch } = await import('./workspace-globs.ts');
    const path = relative(root, target).replaceAll('\\', '/');
    if (pnpm !== undefined && isMatch(globsOf(pnpm), path)) return { root, manager: 'pnpm' };
    if (others !== undefined && isMatch(others.workspaces, path)) {
      return { root, manager: managerOf(root, others) };
    }
  }
  return undefined;
}

/** Whether a project that a manager installs is a member for it; pnpm reads a file of its own. */
export function isMemberFor(manager: string, workspace: Workspace): boolean {
  if (manager === 'pnpm' || workspace.manager === 'pnpm') return manager === workspace.manager;
  return ['npm', 'yarn', 'bun'].includes(manager);
}

function readPackage(text = ''): Package | undefined {
  const json = readJson(text);
  return packageSchema.safeParse('value' in json ? json.value : undefined).data;
}

function managerOf(root: string, { packageManager = '' }: Package): string {
  const [named] = packageManager.split('@');
  if (named === 'yarn' || named === 'bun') return named;
  if (named === '' && existsSync(join(root, 'yarn.lock'))) return 'yarn';
  const isBun = ['bun.lock', 'bun.lockb'].some((file) => existsSync(join(root, file)));
  return named === '' && isBun ? 'bun' : 'npm';
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refusedRead(error, file, ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM']);
  }
}
