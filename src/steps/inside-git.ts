import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Whether a folder, which need not exist yet, lies inside a git work tree. It looks for `.git`
 * instead of asking git, which denies it for a tree that belongs to another user.
 */
export function isInsideGit(folder: string): boolean {
  for (let at = existing(resolve(folder)); ; at = dirname(at)) {
    if (isGit(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** Whether a folder is a part of a repository whose root is further up. */
export function isBelowGit(folder: string): boolean {
  return !isGit(join(folder, '.git')) && isInsideGit(dirname(resolve(folder)));
}

/** A file is what work trees and submodules have; a folder without HEAD is no repository. */
function isGit(path: string): boolean {
  const found = unlessRefused(() => statSync(path));
  if (found?.isDirectory()) return unlessRefused(() => statSync(join(path, 'HEAD'))) !== undefined;
  return found !== undefined;
}

function existing(folder: string): string {
  const real = unlessRefused(() => realpathSync.native(folder));
  if (real !== undefined) return real;
  return dirname(folder) === folder ? folder : existing(dirname(folder));
}

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
