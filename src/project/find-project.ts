import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../spec/errors.ts';
import { LOCK, readApplied } from '../spec/lock.ts';
import type { Manifest } from '../spec/manifest.ts';
import { parseManifest } from '../spec/manifest.ts';
import { refusedRead } from './refused-read.ts';

export const MANIFEST = 'backend.json';

/** The project that a folder belongs to: the nearest `backend.json`, here or further up. */
export async function findProject(
  cwd: string,
): Promise<{ root: string; manifestText: string; manifest: Manifest }> {
  for (let root = cwd; ; root = dirname(root)) {
    const file = join(root, MANIFEST);
    const manifestText = readIfThere(file);
    if (manifestText !== undefined) {
      const shown = relative(cwd, file).replaceAll('\\', '/');
      const applied = readApplied(manifestText, readIfThere(join(root, LOCK)));
      const manifest = applied ?? parseManifest(manifestText, shown);
      return { root, manifestText, manifest };
    }
    if (dirname(root) === root) throw noProject(cwd);
  }
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
    'npx create-backend my-api',
  );
