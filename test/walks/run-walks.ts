import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fullProject, ownFolder } from '../generated/projects.ts';
import type { Walk } from './walk.ts';

/** A number that the environment sets. */
export const setting = (name: string, usual: number) => Number(process.env[name] ?? usual);

/** Walks from a seed on, each in a folder of its own; all of them find what is installed above. */
export async function runWalks(
  name: string,
  { first, count }: { first: number; count: number },
  walk: (folder: string, seed: number) => Promise<Walk>,
): Promise<{ folder: string; walks: Walk[] }> {
  const folder = await emptyWalk(name);
  const walks: Walk[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const own = join(folder, `walk-${seed}`);
    await mkdir(own);
    walks.push(await walk(own, seed));
  }
  return { folder, walks };
}

/** A folder without projects; those in it find what is installed above them. */
export async function emptyWalk(name: string): Promise<string> {
  const folder = await ownFolder(name);
  const installed = await fullProject();
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}
