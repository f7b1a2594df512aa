import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Whether a folder, which need not exist yet, is inside a git work tree. It looks for `.git` instead of
 * running git, which refuses a work tree of another user.
 */
export function isInsideGit(folder: string): boolean {
  for (let at = existing(resolve(folder)); ; at = dirname(at)) {
    if (isGit(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** Whether a folder is in a repository whose root is a folder above. */
export function isBelowGit(folder: string): boolean {
  return !isGit(join(folder, '.git')) && isInsideGit(dirname(resolve(folder)));
}

/** Work trees and submodules have a file; a folder without HEAD is no repository. */
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
