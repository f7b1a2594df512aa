import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Whether a folder, which need not exist yet, lies inside a git work tree. It looks for `.git`
 * instead of asking git, which denies it for a tree that belongs to another user.
 */
export async function isInsideGit(folder: string): Promise<boolean> {
  for (let at = await existing(resolve(folder)); ; at = dirname(at)) {
    if (await isGit(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** A file is what work trees and submodules have; a folder without HEAD is no repository. */
async function isGit(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory())
    return (await stat(join(path, 'HEAD')).catch(() => undefined)) !== undefined;
  return found !== undefined;
}

async function existing(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real !== undefined) return real;
  return dirname(folder) === folder ? folder : existing(dirname(folder));
}
