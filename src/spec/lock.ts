import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { UserError } from './errors.ts';
import { formatJson, manifestJson } from './format-manifest.ts';
import { readJson } from './json.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './manifest.ts';

export const LOCK = 'backend.lock.json';

/** What a project is made of: the manifest whose code it has, and the version that rendered it. */
export type Lock = { version: string; applied: Manifest };

const lockSchema = z.strictObject({ version: z.string(), applied: z.unknown() });

/** `backend.lock.json` as text. */
export function formatLock({ version, applied }: Lock): string {
  return formatJson({ version, applied: manifestJson(applied) });
}

/**
 * The content of `backend.lock.json`. `current` is the manifest of the project: where that was
 * applied, as nearly always, nothing is checked a second time. Throws a UserError if it is damaged.
 */
export function parseLock(text: string, current: Manifest): Lock {
  const json = readJson(text);
  const lock = lockSchema.safeParse('value' in json ? json.value : undefined);
  if (!lock.success) throw damaged();
  const { version, applied } = lock.data;
  if (isDeepStrictEqual(applied, JSON.parse(JSON.stringify(manifestJson(current))))) {
    return { version, applied: current };
  }
  return { version, applied: parseManifest(JSON.stringify(applied), LOCK) };
}

const damaged = () =>
  new UserError(
    [
      {
        found: `${LOCK} is not what gen wrote.`,
        expected: 'Expected the version and the manifest that were applied last.',
      },
    ],
    `git checkout ${LOCK}`,
  );
