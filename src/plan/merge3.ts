import { diff3Merge } from 'node-diff3';
import type { Syntax } from '../stacks/syntax.ts';
import type { Chunk } from './merge-chunk.ts';
import { mergeChunk } from './merge-chunk.ts';
import { inYourLayout, isReformatted } from './merge-layout.ts';
import type { Versions } from './merge-text.ts';
import { linesOf, textLike } from './merge-text.ts';

export type { Versions } from './merge-text.ts';

export type Merged =
  | { status: 'same' }
  | { status: 'replaced'; text: string }
  | { status: 'kept' }
  | { status: 'merged'; text: string }
  /** `text` holds both versions of each of the `count` places, between git's markers. */
  | { status: 'conflict'; text: string; count: number };

/**
 * Brings what the generator changed since the base into your file. The outcome has your line
 * endings, byte order mark and last line. A merged text that is not sound counts as a conflict.
 */
export function merge3(
  versions: Versions,
  isSound: (text: string) => boolean = () => true,
  syntax: Syntax = { isIndented: false },
): Merged {
  const base = linesOf(versions.base);
  const yours = linesOf(versions.yours);
  const generated = linesOf(versions.generated);
  if (isSame(yours, generated)) return { status: 'same' };
  if (isSame(yours, base)) {
    return { status: 'replaced', text: textLike(versions.yours, generated) };
  }
  if (isSame(base, generated)) return { status: 'kept' };

  const plain = mergeLines(versions, isSound, syntax);
  // Another formatter changes most lines, and none of that is an edit that could conflict.
  const isLaidOut = isReformatted(versions);
  if (plain.status === 'kept' || (plain.status === 'merged' && !isLaidOut)) return plain;
  const laid = syntax.layout && inYourLayout(versions, syntax.layout);
  const moved = laid && mergeLines(laid, isSound, syntax);
  return moved && (isLaidOut || moved.status !== 'conflict') ? moved : plain;
}

function mergeLines(
  versions: Versions,
  isSound: (text: string) => boolean,
  syntax: Syntax,
): Merged {
  const [base, yours] = [linesOf(versions.base), linesOf(versions.yours)];
  const chunk = { base, yours, generated: linesOf(versions.generated) };
  const text = (lines: readonly string[]) => textLike(versions.yours, lines);
  const careful = assemble(chunk, (each) => mergeChunk(each, syntax));
  if (careful.count > 0) {
    return { status: 'conflict', text: text(careful.lines), count: careful.count };
  }
  const { inOrder = (joined) => joined } = syntax;
  const merged = inOrder(text(careful.lines), versions.yours);
  if (merged === versions.yours) return { status: 'kept' };
  if (isSound(merged)) return { status: 'merged', text: merged };

  const plain = assemble(chunk, () => undefined);
  const { lines, count } = plain.count > 0 ? plain : { lines: asOneConflict(chunk), count: 1 };
  return { status: 'conflict', text: text(lines), count };
}

function assemble(
  { base, yours, generated }: Chunk,
  resolve: (chunk: Chunk) => readonly string[] | undefined,
): { lines: string[]; count: number } {
  const lines: string[] = [];
  let count = 0;
  for (const { ok, conflict } of diff3Merge([...yours], [...base], [...generated])) {
    if (ok !== undefined) lines.push(...ok);
    if (conflict === undefined) continue;
    const { a, o, b } = conflict;
    const resolved = resolve({ base: o, yours: a, generated: b });
    if (resolved === undefined) count++;
    lines.push(...(resolved ?? marked(a, b)));
  }
  return { lines, count };
}

/** Everything between the first and the last difference, for files that only clash as a whole. */
function asOneConflict({ yours, generated }: Chunk): string[] {
  const shorter = Math.min(yours.length, generated.length);
  let start = 0;
  while (start < shorter && yours[start] === generated[start]) start++;
  let end = 0;
  while (end < shorter - start && yours.at(-1 - end) === generated.at(-1 - end)) end++;
  const middle = (lines: readonly string[]) => lines.slice(start, lines.length - end);
  const tail = yours.slice(yours.length - end);
  return [...yours.slice(0, start), ...marked(middle(yours), middle(generated)), ...tail];
}

const marked = (yours: readonly string[], generated: readonly string[]) => [
  '<<<<<<< yours',
  ...yours,
  '=======',
  ...generated,
  '>>>>>>> generated',
];

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, index) => line === b[index]);
