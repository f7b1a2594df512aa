import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldersAbove } from './folders-above.ts';

/** The installed package at this path: a workspace has most packages at its root. */
export function installedAt(root: string, path: string): string | undefined {
  return [resolve(root), ...foldersAbove(root)]
    .map((folder) => join(folder, path))
    .find((folder) => existsSync(folder));
}

/** Whether the dependencies of a project are installed; this tool is always among them. */
export const isInstalled = (root: string, dependencies: string, tool: string) =>
  existsSync(join(root, dependencies)) || installedAt(root, tool) !== undefined;
