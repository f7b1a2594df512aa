import type { LayOut } from '../stacks/stack.ts';
import { linesOf, textLike } from './merge-text.ts';

type Edited = { path: string; yours: string; text: string };

/** The new text of your file, formatted as the project formats files, if it was so before. */
export function keepLayout(layOut: LayOut, { path, yours, text }: Edited): string {
  const laid = layOut(path, text);
  if (laid === text || text === yours || !isSameText(layOut(path, yours), yours)) return text;
  return textLike(yours, linesOf(laid));
}

/** Whether two texts have the same lines, whatever their line endings are. */
export function isSameText(one: string, other: string): boolean {
  const [lines, others] = [linesOf(one), linesOf(other)];
  return lines.length === others.length && lines.every((line, at) => line === others[at]);
}
