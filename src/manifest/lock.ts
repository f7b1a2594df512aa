import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { isAccounts, withAccounts } from './accounts.ts';
import { UserError } from './errors.ts';
import { endpointJson, formatManifest, manifestJson } from './format-manifest.ts';
import { isObject, readJson } from './json.ts';
import type { LockEntries } from './lock-text.ts';
import { readLockText } from './lock-text.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import { hasProblems, parsePart, parseSettings } from './manifest.ts';
import { settingsSchema } from './manifest-schema.ts';
import { once } from './once.ts';
import type { KnownStacks } from './rules.ts';
import { rulesOf } from './rules.ts';
import { isNewer } from './version.ts';

export const LOCK = 'backend.lock.json';

/** The migrations of each endpoint, by the names of their files. */
export type Lineage = Readonly<Record<string, readonly string[]>>;

/** What was applied: the manifest, and the migrations of each endpoint. */
export type Side = { manifest: Manifest; lineage: Lineage };

/**
 * What the code of a project was generated from, and by which version. There are several sides after
 * a merge of branches, until the code matches one manifest again.
 */
export type Lock = { version: string; sides: readonly [Side, ...Side[]] };

const PREFIX = 'endpoints.';

const endpointSchema = once(() =>
  z.strictObject({ migrations: z.array(z.string()).exactOptional(), endpoint: z.unknown() }),
);

/** `backend.lock.json` as text: a line for each endpoint, so that git merges what branches add. */
export function formatLock(version: string, { manifest, lineage }: Side): string {
  const { endpoints, ...project } = manifestJson(manifest);
  const lines = Object.entries(isObject(endpoints) ? endpoints : {}).map(
    ([plural, endpoint]): [string, unknown] => {
      const migrations = lineage[plural];
      return [`${PREFIX}${plural}`, { ...(migrations && { migrations }), endpoint }];
    },
  );
  // The line that is always there comes last, so that no other line gains or loses its comma.
  const all: [string, unknown][] = [['version', version], ...lines, ['project', project]];
  return `{\n${all.map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`).join(',\n')}\n}\n`;
}

/** The version that a lock names, the newest of several; undefined where it names none. */
export function versionIn(text: string): string | undefined {
  const versions = [...text.matchAll(/^\s*\{?\s*"version": "([^"]*)"/gm)];
  return versions
    .map(([, version = '']) => version)
    .reduce<string | undefined>(
      (newest, each) => (newest === undefined || isNewer(each, newest) ? each : newest),
      undefined,
    );
}

/**
 * The content of `backend.lock.json`. What is the same in `current`, the manifest of the project, is
 * not checked again. Throws a UserError if it is damaged.
 */
export function parseLock(text: string, current: Manifest, known: KnownStacks): Lock {
  const entries = readLockText(text);
  const versions = entries?.get('version') ?? [];
  const [version] = versions;
  if (entries === undefined || typeof version !== 'string') throw damaged();
  if (versions.length > 1) throw ofSeveralVersions(versions);
  const count = Math.max(...[...entries.values()].map((variants) => variants.length));
  try {
    const sides = Array.from({ length: count }, (_, at) => sideAt(entries, at, { current, known }));
    const [first, ...others] = sides;
    if (first !== undefined) return { version, sides: [first, ...others] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  throw damaged();
}

/**
 * The manifest in a text, if its endpoints were checked and applied before: with a thousand endpoints
 * that saves most of the work of a command. Undefined if it has to be parsed.
 */
export function readApplied(
  text: string,
  lock: string | undefined,
  known: KnownStacks,
): Manifest | undefined {
  const entries = lock === undefined ? undefined : readLockText(lock);
  const json = readJson(text);
  const value = 'value' in json ? json.value : undefined;
  if (entries === undefined || !isObject(value) || !isObject(value.endpoints)) return undefined;
  const { endpoints, ...project } = value;
  if (!isAmong(entries.get('project'), project)) return undefined;
  const read: Manifest['endpoints'] = {};
  const usual = settingsSchema().parse({});
  for (const [plural, endpoint] of Object.entries(endpoints)) {
    const variants = entries.get(`${PREFIX}${plural}`) ?? [];
    const applied = variants.map((each) => (isObject(each) ? each.endpoint : undefined));
    if (!isChecked(endpoint, applied)) return undefined;
    read[plural] = { ...usual, ...endpoint };
  }
  const manifest = parseSettings(project, LOCK, known);
  // Each was valid on its branch; together they need not be.
  const whole = withAccounts({ ...manifest, endpoints: read });
  return hasProblems(whole) ? undefined : whole;
}

/** Whether an endpoint is as the lock has it, and so was checked before. */
const isChecked = (value: unknown, applied: readonly unknown[]): value is Endpoint =>
  isAmong(applied, value);

function isAmong(variants: readonly unknown[] | undefined, value: unknown): boolean {
  const text = JSON.stringify(value);
  return variants?.some((each) => JSON.stringify(each) === text) ?? false;
}

/** The nth branch; what all branches have in common is stored once. */
function sideAt(
  entries: LockEntries,
  at: number,
  { current, known }: { current: Manifest; known: KnownStacks },
): Side {
  const endpoints: Manifest['endpoints'] = {};
  const lineage: Record<string, readonly string[]> = {};
  const variantOf = (key: string) => entries.get(key)?.[at] ?? entries.get(key)?.at(-1);
  const manifest = parseSettings({ ...Object(variantOf('project')) }, LOCK, known);
  const { auth } = manifest;
  const rules = rulesOf(known, current.stack);
  for (const key of entries.keys()) {
    if (!key.startsWith(PREFIX)) continue;
    const plural = key.slice(PREFIX.length);
    const parsed = endpointSchema().safeParse(variantOf(key));
    if (!parsed.success) throw damaged();
    const { migrations, endpoint } = parsed.data;
    const own = current.endpoints[plural];
    // What is left out of accounts follows from the roles, which may be others.
    const isKnown =
      own !== undefined &&
      !isAccounts(current, plural) &&
      JSON.stringify(endpointJson(plural, own, current)) === JSON.stringify(endpoint);
    endpoints[plural] = isKnown ? own : parsePart(plural, endpoint, LOCK, { rules, auth });
    if (migrations) lineage[plural] = migrations;
  }
  return { manifest: whole(withAccounts({ ...manifest, endpoints }), current), lineage };
}

/** A branch may refer to an endpoint that the other one removed. */
function whole(manifest: Manifest, current: Manifest): Manifest {
  const { endpoints } = manifest;
  const wanted = Object.values(endpoints).flatMap(({ fields, under }) => [
    ...Object.values(fields).flatMap((field) => (field.type === 'ref' ? [field.to] : [])),
    ...(under === undefined ? [] : [under]),
  ]);
  const missing = wanted.filter((plural) => !Object.hasOwn(endpoints, plural));
  const found = missing.map((plural) => [
    plural,
    current.endpoints[plural] ?? { fields: {}, ...settingsSchema().parse({}) },
  ]);
  return { ...manifest, endpoints: { ...endpoints, ...Object.fromEntries(found) } };
}

/** Whether `backend.json` is applied; the order of its keys does not matter. */
export function isApplied(manifest: Manifest, applied: Manifest): boolean {
  return (
    isDeepStrictEqual(manifest, applied) || formatManifest(manifest) === formatManifest(applied)
  );
}

const RESTORE = `git checkout --merge -- ${LOCK}`;

const damaged = () => {
  const found = `${LOCK} is damaged: it is not as gen wrote it.`;
  const expected = 'Expected the version, and a line for each applied endpoint.';
  return new UserError([{ found, expected }], RESTORE);
};

/** The refusal of a project without a lock. */
export const lockMissing = () => {
  const found = `${LOCK} is missing: it records what the code was generated from.`;
  const expected = 'Expected it beside backend.json. Git restores it, also during a merge.';
  return new UserError([{ found, expected }], RESTORE);
};

const ofSeveralVersions = (versions: readonly unknown[]) => {
  const found = `${LOCK} names create-backend ${versions.join(' and ')}: branches of two versions were merged.`;
  const expected = 'Expected each branch to be upgraded before the merge.';
  return new UserError([{ found, expected }], 'git merge --abort');
};
