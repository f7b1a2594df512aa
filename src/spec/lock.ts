import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { UserError } from './errors.ts';
import { formatJson, formatManifest, manifestJson } from './format-manifest.ts';
import { hashOf } from './hash.ts';
import { isObject, readJson } from './json.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './manifest.ts';
import { once } from './once.ts';

export const LOCK = 'backend.lock.json';

/** What a project is made of: the manifest whose code it has, and the version that rendered it. */
export type Lock = { version: string; applied: Manifest };

const lockSchema = once(() =>
  z.strictObject({
    version: z.string(),
    /** The checksum of a manifest that was found right, so that it need not be checked again. */
    checked: z.string(),
    applied: z.unknown(),
  }),
);
const start = /^\{\s*"version": "([^"]*)",\s*"checked": "([0-9a-f]{64})"/;

/** `backend.lock.json` as text. */
export function formatLock({ version, applied }: Lock): string {
  const json = manifestJson(applied);
  return formatJson({ version, checked: checksumOf(json), applied: json });
}

/** The version that a lock names first; undefined where its text is not what gen wrote. */
export function versionIn(text: string): string | undefined {
  return start.exec(text)?.[1];
}

/**
 * The content of `backend.lock.json`. `current` is the manifest of the project: where that was
 * applied, as nearly always, nothing is checked a second time. Throws a UserError if it is damaged.
 */
export function parseLock(text: string, current: Manifest): Lock {
  const [, same, checked] = start.exec(text) ?? [];
  if (same !== undefined && checked === checksumOf(manifestJson(current))) {
    return { version: same, applied: current };
  }
  const json = readJson(text);
  const lock = lockSchema().safeParse('value' in json ? json.value : undefined);
  if (!lock.success) throw damaged();
  const { version, applied } = lock.data;
  return { version, applied: parseManifest(JSON.stringify(applied), LOCK) };
}

/**
 * The manifest in a text, if it is the very one that was checked and applied last; of a thousand
 * endpoints that saves most of the work of a command. Undefined where it has to be parsed.
 */
export function readApplied(text: string, lock: string | undefined): Manifest | undefined {
  const checked = lock === undefined ? undefined : start.exec(lock)?.[2];
  if (checked === undefined) return undefined;
  const json = readJson(text);
  const value = 'value' in json ? json.value : undefined;
  return isChecked(value, checked) ? withDefaults(value) : undefined;
}

/** What the checksum tells: this is how `manifestJson` wrote a manifest that had been parsed. */
function isChecked(value: unknown, checked: string): value is Manifest {
  return isObject(value) && checksumOf(value) === checked;
}

function withDefaults(manifest: Manifest): Manifest {
  const endpoints = Object.entries(manifest.endpoints).map(
    ([plural, endpoint]) =>
      [plural, { ...endpoint, pagination: endpoint.pagination ?? 'cursor' }] as const,
  );
  return { ...manifest, endpoints: Object.fromEntries(endpoints) };
}

function checksumOf(json: object): string {
  return hashOf(JSON.stringify(json));
}

/** Whether the code follows what `backend.json` says; the order of its keys says nothing. */
export function isApplied(manifest: Manifest, applied: Manifest): boolean {
  return (
    isDeepStrictEqual(manifest, applied) || formatManifest(manifest) === formatManifest(applied)
  );
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
