import { join } from 'node:path';
import { foldersAbove } from '../project/folders-above.ts';
import type { Run } from '../stacks/stack.ts';
import type { ProjectProgram } from '../steps/run-program.ts';

/** A program of a project with the folders where it may stand: in the project or, of members, above it. */
export function programOf(root: string, { folders, isAbove, command, args }: Run): ProjectProgram {
  const homes = isAbove === true ? [root, ...foldersAbove(root)] : [root];
  const places = folders && homes.flatMap((home) => folders.map((each) => join(home, each)));
  return { command, args, ...(places && { folders: places }) };
}
