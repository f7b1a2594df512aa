import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../manifest/errors.ts';
import { LOCK, readApplied } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseManifest } from '../manifest/manifest.ts';
import type { KnownStacks, Rules } from '../manifest/rules.ts';
import { CREATE } from '../manifest/tool.ts';
import { refusedRead } from './refused-read.ts';

export const MANIFEST = 'backend.json';

/** A project that was found: its root, and the texts that say what it is. */
export type FoundProject = {
  root: string;
  manifestText: string;
  /** The text of `backend.lock.json`; a project of the first version has none. */
  lockText: string | undefined;
  /** The manifest as it is named from the folder in which the command was started. */
  shown: string;
};

/** The project that a folder belongs to: the nearest `backend.json`, here or further up. */
export async function findProject(cwd: string): Promise<FoundProject> {
  for (let root = cwd; ; root = dirname(root)) {
    const file = join(root, MANIFEST);
    const manifestText = readIfThere(file);
    if (manifestText !== undefined) {
      const shown = relative(cwd, file).replaceAll('\\', '/');
      return { root, manifestText, lockText: readIfThere(join(root, LOCK)), shown };
    }
    if (dirname(root) === root) throw noProject(cwd);
  }
}

/** Whether a project without a lock was made by the first version of this tool, which wrote none. */
export function isOfFirst(root: string, { lockedFiles }: Rules): boolean {
  return !lockedFiles.some((path) => existsSync(join(root, path)));
}

/** What `backend.json` says; throws a UserError where it says something that cannot be. */
export function manifestOf(
  { manifestText, lockText, shown }: FoundProject,
  known: KnownStacks,
): Manifest {
  return readApplied(manifestText, lockText, known) ?? parseManifest(manifestText, shown, known);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refusedRead(error, file, ['ENOENT', 'ENOTDIR', 'EISDIR']);
  }
}

const noProject = (cwd: string) =>
  new UserError(
    [
      {
        found: `There is no ${MANIFEST} in ${cwd} or in a folder above it.`,
        expected: 'Expected to be inside a project that create-backend made.',
      },
    ],
    `${CREATE} my-api`,
  );
