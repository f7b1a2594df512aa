import { join } from 'node:path';
import type { Problem } from '../manifest/errors.ts';
import type { Disk, Entry } from './disk.ts';
import { entryAt } from './disk.ts';
import { below, pathProblem } from './paths.ts';

/** The real place of a path of the plan: links resolved, with the folders that do not exist yet. */
export type Place = {
  /** The name itself, below the real path of its folder; a link if the file is linked. */
  self: string;
  /** Where the content is. */
  real: string;
  entry: Entry | undefined;
  /** The deepest existing folder above it, absolute. */
  folder: string;
  /** Missing folders above it, relative to the root, the outermost first. */
  missing: string[];
};

/** Finds the real place of a path that passed `pathProblem`; `root` is its own real path. */
export async function locate(disk: Disk, root: string, path: string): Promise<Place | Problem> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let folder = root;
  const missing: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (missing.length > 0) {
      missing.push(`${missing.at(-1)}/${part}`);
      continue;
    }
    const next = await follow(disk, join(folder, part));
    if (next === undefined) {
      missing.push(below(root, join(folder, part)) ?? part);
      continue;
    }
    const shown = parts.slice(0, index + 1).join('/');
    if (next.kind === 'folder') {
      if (below(root, next.path) === undefined) return outside(shown, path);
      folder = next.path;
    } else if (next.kind === 'link') return dangling(shown, path);
    else return notAFolder(shown, path);
  }
  const target = join(folder, name);
  const found = missing.length === 0 ? await follow(disk, target) : undefined;
  if (found?.kind === 'link') return dangling(path, path);
  const self = missing.length === 0 ? below(root, target) : `${missing.at(-1)}/${name}`;
  const real = found === undefined ? self : below(root, found.path);
  if (self === undefined || real === undefined) return outside(path, path);
  return pathProblem(self) ?? pathProblem(real) ?? { self, real, entry: found, folder, missing };
}

/** The entry a path leads to; a broken link stays a link. */
async function follow(disk: Disk, path: string): Promise<(Entry & { path: string }) | undefined> {
  const entry = await entryAt(disk, path);
  if (entry?.kind !== 'link') return entry && { ...entry, path };
  try {
    const real = await disk.realpath(path);
    return { ...(await disk.lstat(real)), path: real };
  } catch {
    return { ...entry, path };
  }
}

const outside = (link: string, path: string): Problem => ({
  found: `${link} is a symbolic link that leads out of the project.`,
  expected: `Expected ${path} to be inside the project.`,
});

const dangling = (link: string, path: string): Problem => ({
  found: `${link} is a broken symbolic link.`,
  expected: `Expected ${path} to be inside the project.`,
});

const notAFolder = (file: string, path: string): Problem => ({
  found: `${file} is a file.`,
  expected: `Expected a folder for ${path}.`,
});
