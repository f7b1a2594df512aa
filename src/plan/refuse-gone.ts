import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProjectFiles } from './project-files.ts';

type Changing = { before: Manifest; after: Manifest; stack: Stack; files: ProjectFiles };

/**
 * Refuses to change endpoints whose files are all missing from their folder: their tables would change
 * without any code. If the files were moved, it says where they seem to be.
 */
export function refuseGone({ before, after, stack, files }: Changing): void {
  const isEdited = (plural: string) =>
    !isDeepStrictEqual(before.endpoints[plural], after.endpoints[plural]);
  const isRemoved = (plural: string) => !Object.hasOwn(after.endpoints, plural);
  const gone = Object.keys(before.endpoints)
    .filter(isEdited)
    .map((plural) => ({ plural, paths: pathsOf(stack, before, plural) }))
    .filter(({ paths }) => paths.every((path) => files.read(path) === undefined))
    .map(({ plural, paths }) => ({ plural, ...movedFrom(paths, files) }))
    // Deleted files are fine for a removal; moved files would remain without their table.
    .filter(({ plural, moved }) => !isRemoved(plural) || moved !== undefined);
  const [first] = gone;
  if (first === undefined) return;
  const problems = gone.map(({ plural, folder, moved }): Problem => {
    const where = moved === undefined ? '' : ` They seem to be in ${moved} now.`;
    return {
      found: `${folder} has no file of \`${plural}\` any more.${where}`,
      expected: 'Expected them in that folder: gen can change them only there.',
    };
  });
  const { folder, moved } = first;
  const command =
    moved === undefined
      ? `git log --stat -- ${shellWord(folder)}`
      : `git mv ${shellWord(moved)} ${shellWord(folder)}`;
  throw new UserError(problems, command);
}

const pathsOf = (stack: Stack, manifest: Manifest, plural: string) =>
  stack.renderEndpoint(manifest, plural).map(({ path }) => path);

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The folder of the files, and the folder that has most files of these names now. */
function movedFrom(
  paths: readonly string[],
  files: ProjectFiles,
): { folder: string; moved: string | undefined } {
  const names = new Set(paths.map(nameOf));
  const counts = new Map<string, number>();
  for (const path of files.tree('')) {
    const folder = folderOf(path);
    if (names.has(nameOf(path))) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [moved, count] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? ['', 0];
  return { folder: folderOf(paths[0] ?? ''), moved: count * 2 > names.size ? moved : undefined };
}
