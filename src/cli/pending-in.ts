import { join } from 'node:path';
import { foldersAbove } from '../project/folders-above.ts';
import type { Run } from '../stacks/stack.ts';
import type { Pending } from '../steps/pending-migrations.ts';
import { readPending } from '../steps/pending-migrations.ts';

/** The pending migrations of a project, told by a program that stands in it or, of members, above it. */
export function pendingIn(root: string, { folders, isAbove, ...run }: Run): Promise<Pending> {
  const homes = isAbove === true ? [root, ...foldersAbove(root)] : [root];
  const places = folders && homes.flatMap((home) => folders.map((each) => join(home, each)));
  return readPending(root, { ...run, ...(places && { folders: places }) });
}
