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

/** A project that was found: its root, and the texts of its manifest and lock. */
export type FoundProject = {
  root: string;
  manifestText: string;
  /** The text of `backend.lock.json`; a project of the first version has none. */
  lockText: string | undefined;
  /** The path of the manifest, relative to the current folder. */
  shown: string;
};

/** The project of a folder: the nearest `backend.json`, in it or in a folder above. */
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

/** Whether a project without a lock is of the first version of this tool, which wrote none. */
export function isOfFirst(root: string, { lockedFiles }: Rules): boolean {
  return !lockedFiles.some((path) => existsSync(join(root, path)));
}

/** The manifest of a project; throws a UserError if it is not valid. */
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
        expected: 'Expected a folder of a project that create-backend created.',
      },
    ],
    `${CREATE} my-api`,
  );
