import { diffComm } from 'node-diff3';
import type { ResourceNames } from '../manifest/names.ts';
import { masked } from './mask-names.ts';
import { linesOf, textLike } from './merge-text.ts';
import type { Versions } from './merge3.ts';
import { WORD } from './words.ts';

/** All names of a renamed endpoint. */
export type NewNames = { before: ResourceNames; after: ResourceNames };

/**
 * A rename changes nearly every generated line, and would conflict with most edits. So the new name is
 * put into the base and into your lines before the merge, wherever their words come from generated
 * lines: what is left to merge are the changes beside the name.
 */
export function followNames(
  { base, yours, generated }: Versions,
  { before, after }: NewNames,
): Versions {
  const [bases, own] = [linesOf(base), linesOf(yours)];
  const renamed = renamedLines(bases, linesOf(generated), { before, after });
  const nextOwn: string[] = [];
  let at = 0;
  for (const { common, buffer1: gone = [], buffer2: added = [] } of diffComm(bases, own)) {
    const [lines, next] = [common ?? gone, renamed.slice(at)];
    const words = newWords(lines, next);
    const follow = (line: string) => line.replace(WORD, (word) => words.get(word) ?? word);
    nextOwn.push(...(common?.map((line, index) => next[index] ?? line) ?? added.map(follow)));
    at += lines.length;
  }
  const nextBase = bases.map((line, index) => renamed[index] ?? line);
  return { base: textLike(base, nextBase), yours: textLike(yours, nextOwn), generated };
}

/** Which words of lines are replaced by which words in the lines that are generated instead. */
function newWords(
  lines: readonly string[],
  next: readonly (string | undefined)[],
): ReadonlyMap<string, string> {
  const found = lines.flatMap((line, index) => {
    const [words, others] = [line, next[index] ?? line].map((each) => each.match(WORD) ?? []);
    if (words?.length !== others?.length) return [];
    return (words ?? []).flatMap((word, place): [string, string][] => {
      const other = others?.[place] ?? word;
      return other === word ? [] : [[word, other]];
    });
  });
  return new Map(found);
}

/** The generated line in place of each line, if only the names differ. */
function renamedLines(
  bases: readonly string[],
  generated: readonly string[],
  { before, after }: NewNames,
): (string | undefined)[] {
  const lines: (string | undefined)[] = bases.map(() => undefined);
  let [at, generatedAt] = [0, 0];
  const parts = diffComm(masked(bases, before), masked(generated, after));
  for (const { common, buffer1 = [], buffer2 = [] } of parts) {
    for (const offset of (common ?? []).keys()) {
      lines[at + offset] = generated[generatedAt + offset];
    }
    at += (common ?? buffer1).length;
    generatedAt += (common ?? buffer2).length;
  }
  return lines;
}
