import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Every folder above one, the nearest first. */
export function foldersAbove(folder: string): string[] {
  const parent = dirname(resolve(folder));
  return parent === resolve(folder) ? [] : [parent, ...foldersAbove(parent)];
}

/** Whether a folder above has a file of one of these names. */
export function hasAbove(folder: string, names: readonly string[]): boolean {
  return foldersAbove(folder).some((at) => names.some((name) => existsSync(join(at, name))));
}
