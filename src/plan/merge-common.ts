import { diffIndices } from 'node-diff3';
import { linesOf, textLike } from './merge-text.ts';

type Edit = { start: number; length: number; removed: string[]; added: string[] };

/**
 * The edits of generated code that two texts have in common: those were made by hand. What only one of
 * them has was carried over by git from the other branch. Undefined if that is uncertain.
 */
export function commonEdits(generated: string, one: string, other: string): string | undefined {
  const base = linesOf(generated);
  const [mine, theirs] = [editsOf(base, linesOf(one)), editsOf(base, linesOf(other))];
  const common = mine.filter((edit) => theirs.some((each) => isSame(edit, each)));
  const [left, right] = [mine, theirs].map((edits) =>
    edits.filter((edit) => !common.some((each) => isSame(edit, each))),
  );
  const isUnsure = left?.some((edit) => right?.some((each) => mayBeSame(edit, each)));
  if (isUnsure) return undefined;
  const lines = common.reduceRight(
    (text, { start, length, added }) => text.toSpliced(start, length, ...added),
    base,
  );
  return textLike(one, lines);
}

function editsOf(base: string[], text: string[]): Edit[] {
  return diffIndices(base, text).map(
    ({ buffer1: [start, length], buffer2Content, buffer1Content }) => ({
      start,
      length,
      removed: buffer1Content,
      added: buffer2Content,
    }),
  );
}

const isSame = (one: Edit, other: Edit) =>
  one.start === other.start && one.length === other.length && sameLines(one.added, other.added);

/** Whether two edits touch, or are one that was found at two places. */
function mayBeSame(one: Edit, other: Edit): boolean {
  const touch = one.start <= other.start + other.length && other.start <= one.start + one.length;
  const share = (mine: string[], theirs: string[]) =>
    mine.some((line) => line.trim() !== '' && theirs.includes(line));
  return touch || share(one.added, other.added) || share(one.removed, other.removed);
}

const sameLines = (one: string[], other: string[]) =>
  one.length === other.length && one.every((line, at) => line === other[at]);
