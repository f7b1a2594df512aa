import type { Change, Plan } from '../manifest/change.ts';
import { hashOf } from '../manifest/hash.ts';
import { isObject } from '../manifest/json.ts';

const LENGTH = 32;

/**
 * Names what a plan writes, runs and tells: two plans have the same digest only if they do the same.
 * It depends neither on when they were planned nor on the order of keys, and leaves out secrets, which
 * are random. The first half of a SHA-256, in hexadecimal.
 */
export function digestOf({ changes, steps, notices }: Plan): string {
  const told = [...changes.map(comparable), ...notices].map(canonical).sort();
  const text = [...told, ...steps.map(canonical)].join('\n');
  return hashOf(withoutTimes(text, stampsIn(changes))).slice(0, LENGTH);
}

/** A change as JSON holds it: bytes by their hash, a secret without its content. */
function comparable(change: Change): unknown {
  const before = 'before' in change ? storable(change.before) : undefined;
  if (change.kind === 'delete') return { ...change, before };
  const isSecret = change.kind === 'create' && change.secret;
  return { ...change, before, content: isSecret ? undefined : storable(change.content) };
}

const storable = (content: string | Uint8Array) =>
  typeof content === 'string' ? content : { sha256: hashOf(content) };

/** JSON on one line, with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isObject(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}

/** The timestamps of new migrations, which are when they were planned, in order. */
function stampsIn(changes: readonly Change[]): string[] {
  const stamps = changes.flatMap(({ kind, path }) =>
    kind === 'create' ? (/(?:^|\/)(\d{14})_[^/]*$/.exec(path)?.[1] ?? []) : [],
  );
  return [...new Set(stamps)].sort();
}

const withoutTimes = (text: string, stamps: readonly string[]) =>
  stamps.reduce((left, stamp, at) => left.replaceAll(stamp, `<time ${at}>`), text);
