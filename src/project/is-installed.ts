import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldersAbove } from './folders-above.ts';

/** Where node finds a package for a project: a workspace has most of them at its root. */
export function installedAt(root: string, name: string): string | undefined {
  return [resolve(root), ...foldersAbove(root)]
    .map((folder) => join(folder, 'node_modules', name))
    .find((folder) => existsSync(folder));
}

/** Whether the dependencies of a project were installed here; this tool is always among them. */
export const isInstalled = (root: string) =>
  existsSync(join(root, 'node_modules')) || installedAt(root, 'create-backend') !== undefined;
