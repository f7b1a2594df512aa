import { diff3Merge, diffComm } from 'node-diff3';

import type { Syntax } from '../stacks/syntax.ts';

type Lines = readonly string[];
export type Chunk = { base: Lines; yours: Lines; generated: Lines };

/** What one side made of the lines of the base. */
type Side = {
  /** Each line of the base as it is now; undefined if it is gone. */
  kept: (string | undefined)[];
  /** The lines added before each line of the base, and after the last. */
  added: string[][];
};

/** Beyond so many pairs of lines it is a rewrite, and no line can be said to follow from another. */
const TOO_MANY = 4000;

/**
 * Merges a chunk where both sides changed neighbouring lines: first it finds which line of a side
 * comes from which of the base, then lines that both edited are merged by words and signs. Undefined
 * if there is any doubt.
 */
export function mergeChunk(
  { base, yours, generated }: Chunk,
  { isIndented }: Pick<Syntax, 'isIndented'>,
): string[] | undefined {
  if (base.length * Math.max(yours.length, generated.length) > TOO_MANY) return undefined;
  const [ours, theirs] = [align(base, yours), align(base, generated)];
  // A line that one side moved to another depth takes what the other adds there to another block.
  if (isIndented && (isDeeper(base, ours) || isDeeper(base, theirs))) return undefined;
  const merged: string[] = [];
  for (let at = 0; at <= base.length; at++) {
    const added = mergeAdded(ours, theirs, { at, isIndented });
    if (added === undefined) return undefined;
    merged.push(...added);
    if (at === base.length) break;
    const line = mergeLine(base[at] ?? '', ours.kept[at], theirs.kept[at]);
    if (line === undefined) return undefined;
    merged.push(...line);
  }
  // What both took away, and at least one replaced, they did not agree about.
  const bothGone = base.some((_, at) => isGone(ours, at) && isGone(theirs, at));
  const bothAdded = (at: number) => sameLines(ours.added[at] ?? [], theirs.added[at] ?? []);
  return bothGone && !ours.added.every((_, at) => bothAdded(at)) ? undefined : merged;
}

/** What two sides added at one place: both, yours first, and once what is the same. */
function mergeAdditions(yours: Lines, generated: Lines, isIndented: boolean): string[] {
  if (hasRun(yours, generated)) return [...yours];
  if (hasRun(generated, yours)) return [...generated];
  const all = [...yours, ...generated];
  const depths = new Set(all.filter((line) => line.trim() !== '').map(depthOf));
  const alone = all.every(standsAlone) && !(isIndented && depths.size > 1);
  const extra = generated.filter((line) => !alone || line.trim() === '' || !yours.includes(line));
  return [...yours, ...extra];
}

function mergeAdded(
  ours: Side,
  theirs: Side,
  { at, isIndented }: { at: number; isIndented: boolean },
): string[] | undefined {
  const [yours, generated] = [ours.added[at] ?? [], theirs.added[at] ?? []];
  if (sameLines(yours, generated)) return yours;
  const inside = (side: Side) => isGone(side, at - 1) && isGone(side, at);
  if (yours.length === 0) return inside(ours) ? undefined : generated;
  if (generated.length === 0) return inside(theirs) ? undefined : yours;
  const replaced = [ours, theirs].some((side) => isGone(side, at - 1) || isGone(side, at));
  return replaced ? undefined : mergeAdditions(yours, generated, isIndented);
}

function mergeLine(
  base: string,
  yours: string | undefined,
  generated: string | undefined,
): string[] | undefined {
  if (yours === generated || generated === base) return yours === undefined ? [] : [yours];
  if (yours === base) return generated === undefined ? [] : [generated];
  if (yours === undefined || generated === undefined) return undefined;
  const parts = diff3Merge(tokensOf(yours), tokensOf(base), tokensOf(generated));
  if (parts.some((part) => part.conflict !== undefined)) return undefined;
  return [parts.flatMap((part) => part.ok ?? []).join('')];
}

/** Pairs the lines of a side with those of the base they most likely come from, in order. */
function align(base: Lines, side: Lines): Side {
  const score = base.map((line) => side.map((other) => likeness(line, other)));
  const best = base.map(() => side.map(() => 0));
  const at = (table: number[][], i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = base.length - 1; i >= 0; i--) {
    for (let j = side.length - 1; j >= 0; j--) {
      const pair = at(score, i, j) > 0 ? at(score, i, j) + at(best, i + 1, j + 1) : 0;
      const row = best[i];
      if (row) row[j] = Math.max(pair, at(best, i + 1, j), at(best, i, j + 1));
    }
  }
  const kept: Side['kept'] = base.map(() => undefined);
  const added: Side['added'] = [[], ...base.map(() => [])];
  let [i, j, after] = [0, 0, 0];
  while (j < side.length) {
    const paired =
      at(score, i, j) > 0 && at(best, i, j) === at(score, i, j) + at(best, i + 1, j + 1);
    if (i < base.length && paired) {
      kept[i++] = side[j++];
      after = i;
    } else if (i < base.length && at(best, i, j) > 0 && at(best, i, j) === at(best, i + 1, j)) i++;
    else added[after]?.push(side[j++] ?? '');
  }
  return { kept, added };
}

/** How much two lines have in common: 0 if too little for one to come from the other. */
function likeness(base: string, other: string): number {
  if (base === other) return 2;
  const [a, b] = [tokensOf(base).filter(isInk), tokensOf(other).filter(isInk)];
  const common = diffComm(a, b).reduce((sum, part) => sum + (part.common?.length ?? 0), 0);
  const share = (2 * common) / (a.length + b.length);
  if (!(share >= 0.5)) return 0;
  // The first word names what the line is about: a field, a column, a variable.
  return a[0] === b[0] ? share + 0.5 : share;
}

const tokensOf = (line: string) => line.match(/[\p{L}\p{N}_$]+|\s+|./gu) ?? [];
const isInk = (token: string) => token.trim() !== '';
const depthOf = (line: string) => /^\s*/.exec(line)?.[0] ?? '';

/** Whether a side moved a line to another depth. */
function isDeeper(base: Lines, { kept }: Side): boolean {
  return kept.some((line, at) => line !== undefined && depthOf(line) !== depthOf(base[at] ?? ''));
}

const isGone = (side: Side, at: number) => at in side.kept && side.kept[at] === undefined;
const sameLines = (a: Lines, b: Lines) => a.length === b.length && hasRun(a, b);

function hasRun(lines: Lines, run: Lines): boolean {
  return (
    lines.some((_, at) => run.every((line, index) => lines[at + index] === line)) || !run.length
  );
}

/** Whether a line means something without its neighbours: every bracket in it is closed in it. */
function standsAlone(line: string): boolean {
  const count = (signs: RegExp) => line.match(signs)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) && !/^\s*[)\]}]/.test(line);
}
