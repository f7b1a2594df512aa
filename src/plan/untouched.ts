import { linesOf } from './merge-text.ts';

type Merge = {
  /** The versions of a file between conflict markers, or the one that git merged. */
  versions: readonly string[];
  /** What was generated on the branches, and what is generated now. */
  bases: readonly string[];
  generated: string;
};

/**
 * Whether nobody edited a file on any of the merged branches: each of its lines was generated on one of
 * them, in the same order, and no line that stays was removed. Git removes a line that the other branch
 * did not need any more, even if the text that is generated now needs it.
 */
export function isUntouched(
  { versions, bases, generated }: Merge,
  isSound: (text: string) => boolean,
): boolean {
  const made = bases.map(linesOf);
  const left = versions.map(linesOf);
  const lines = linesOf(generated);
  const isWhole = lines.every((line) => {
    const owners = made.filter((base) => base.includes(line)).length;
    if (owners === 0) return true;
    const isIn = (version: readonly string[]) => version.includes(line);
    if (owners === made.length) return left.every(isIn);
    return left.some(isIn) || !isSound(lines.filter((each) => each !== line).join('\n'));
  });
  return isWhole && left.every((version) => isMadeOf(version, made));
}

function isMadeOf(version: readonly string[], bases: readonly string[][]): boolean {
  const known = bases.map(placesOf);
  const own = placesOf(version);
  const single = version.filter((line) => own.get(line) !== -1);
  return (
    version.every((line) => known.some((places) => places.has(line))) &&
    known.every((places) => isAscending(single.map((line) => places.get(line) ?? -1)))
  );
}

/** The index of each line; -1 for a line that occurs several times. */
function placesOf(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [at, line] of lines.entries()) places.set(line, places.has(line) ? -1 : at);
  return places;
}

function isAscending(places: readonly number[]): boolean {
  const known = places.filter((place) => place >= 0);
  return known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
}
