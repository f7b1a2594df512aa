import { linesOf } from './merge-text.ts';

type Merge = {
  /** The versions that git left of a file, or what it made of them. */
  versions: readonly string[];
  /** What was generated on the branches, and what is generated now. */
  bases: readonly string[];
  generated: string;
};

/**
 * Whether nobody edited a file on any of the merged branches: each line of it was generated on one of
 * them, in the same order, and none of those that stay was taken out.
 */
export function isUntouched({ versions, bases, generated }: Merge): boolean {
  const made = bases.map(linesOf);
  const left = versions.map(linesOf);
  const isWhole = linesOf(generated).every((line) => {
    const owners = made.filter((base) => base.includes(line)).length;
    if (owners === 0) return true;
    const isIn = (version: readonly string[]) => version.includes(line);
    return owners === made.length ? left.every(isIn) : left.some(isIn);
  });
  return isWhole && left.every((version) => isMadeOf(version, made));
}

function isMadeOf(version: readonly string[], bases: readonly string[][]): boolean {
  const known = bases.map(placesOf);
  return (
    version.every((line) => known.some((places) => places.has(line))) &&
    known.every((places) => isAscending(version.map((line) => places.get(line) ?? -1)))
  );
}

/** Where each line stands; -1 for one that stands at several places. */
function placesOf(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [at, line] of lines.entries()) places.set(line, places.has(line) ? -1 : at);
  return places;
}

function isAscending(places: readonly number[]): boolean {
  const known = places.filter((place) => place >= 0);
  return known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
}
