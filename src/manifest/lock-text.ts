import { isObject, readJson } from './json.ts';
import { hasMarkers, sidesOf } from './markers.ts';

/** The values of each key of a lock; several where different branches were merged. */
export type LockEntries = ReadonlyMap<string, readonly unknown[]>;

/**
 * Reads a lock by lines, which git may have merged in any way: two versions of a line, one after the
 * other or between conflict markers, are what two branches applied. Undefined if it is damaged.
 */
export function readLockText(text: string): LockEntries | undefined {
  return readLines(text) ?? readWhole(text);
}

const marker = /^(<{7}|={7}|>{7})( |$)/;
const line = /^\s*("[\w.$]+"): (.+?),?$/;

function readLines(text: string): LockEntries | undefined {
  const entries = new Map<string, unknown[]>();
  const seen = new Set<string>();
  for (const each of text.split(/\r?\n/)) {
    if (marker.test(each) || /^\s*[{}]?\s*$/.test(each)) continue;
    const [, key, value] = line.exec(each) ?? [];
    const json = value === undefined ? {} : readJson(value);
    if (key === undefined || !('value' in json)) return undefined;
    const name = key.slice(1, -1);
    if (seen.has(`${name} ${value}`)) continue;
    seen.add(`${name} ${value}`);
    entries.set(name, [...(entries.get(name) ?? []), json.value]);
  }
  return entries;
}

/** Reads a lock as another formatter, or an earlier version of this tool, writes it. */
function readWhole(text: string): LockEntries | undefined {
  const entries = new Map<string, unknown[]>();
  for (const side of hasMarkers(text) ? sidesOf(text) : [text]) {
    const json = readJson(side);
    if (!('value' in json) || !isObject(json.value)) return undefined;
    for (const [key, value] of Object.entries(inThisForm(json.value))) {
      const others = entries.get(key) ?? [];
      const isNew = others.every((other) => JSON.stringify(other) !== JSON.stringify(value));
      if (isNew) entries.set(key, [...others, value]);
    }
  }
  return entries;
}

/** Up to 0.2.0 a lock held the manifest as it is. */
function inThisForm(lock: Record<string, unknown>): Record<string, unknown> {
  const { version, applied } = lock;
  if (!isObject(applied)) return lock;
  const { endpoints, ...project } = applied;
  const own = Object.entries(isObject(endpoints) ? endpoints : {});
  return {
    version,
    ...Object.fromEntries(own.map(([plural, endpoint]) => [`endpoints.${plural}`, { endpoint }])),
    project,
  };
}
