import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Rules } from '../manifest/rules.ts';
import { foldersAbove } from './folders-above.ts';
import { refusedRead } from './refused-read.ts';

/** A workspace that has a folder as one of its members, and what installs it. */
export type Workspace = { root: string; manager: string };

/** The nearest workspace whose globs match a folder, which need not exist yet. */
export async function findWorkspace(
  folder: string,
  { workspaces }: Rules,
): Promise<Workspace | undefined> {
  if (workspaces === undefined) return undefined;
  const target = resolve(folder);
  for (const root of foldersAbove(target)) {
    const all = await workspaces.membersIn((file) => textOf(join(root, file)));
    if (all.length === 0) continue;
    const { isMatch } = await import('./is-match.ts');
    const path = relative(root, target).replaceAll('\\', '/');
    const mine = all.find(({ globs }) => isMatch(globs, path));
    if (mine !== undefined) return { root, manager: mine.manager };
  }
  return undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refusedRead(error, file, ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM']);
  }
}
