import { diffArrays } from 'diff';
import type { Layout, Token } from '../stacks/syntax.ts';
import type { Versions } from './merge-text.ts';
import { linesOf } from './merge-text.ts';

/** Beyond so many tokens of their own, or a quarter, it is a rewrite rather than another layout. */
const TOO_DIFFERENT = 3000;

/**
 * The versions as they would be if the base had been written in the layout of yours: line breaks,
 * indentation and whatever else says nothing. Undefined where that is the layout they have.
 */
export function inYourLayout(
  { base, yours, generated }: Versions,
  layout: Layout,
): Versions | undefined {
  const tokensOf = (text: string) => layout.tokensOf(linesOf(text));
  const laid = { tokensOf, like: layout.likeIn(linesOf(yours)) };
  const laidBase = layOut(tokensOf(base), tokensOf(yours), laid);
  if (laidBase === undefined || laidBase === base) return undefined;
  const laidGenerated = layOut(tokensOf(generated), tokensOf(laidBase), laid);
  return laidGenerated === undefined
    ? undefined
    : { base: laidBase, yours, generated: laidGenerated };
}

/** Whether a formatter seems to have been over a file: most of its lines are other ones now. */
export function isReformatted({ base, yours }: Versions): boolean {
  const known = new Set(linesOf(yours));
  const lines = linesOf(base).filter((line) => line.trim() !== '');
  return lines.filter((line) => !known.has(line)).length * 2 > lines.length;
}

type Laying = { tokensOf(text: string): Token[]; like(token: Token): string };

/** The tokens written as the model writes the ones that it has; undefined if that changes them. */
function layOut(tokens: Token[], model: Token[], { tokensOf, like }: Laying): string | undefined {
  const keys = (all: Token[]) => all.map(({ key }) => key);
  const parts = diffArrays(keys(tokens), keys(model), { maxEditLength: TOO_DIFFERENT });
  if (parts === undefined) return undefined;
  const shared = parts.filter(({ added, removed }) => !added && !removed);
  if (shared.reduce((sum, { count }) => sum + count, 0) * 4 < tokens.length * 3) return undefined;
  let [at, from] = [0, 0];
  const laid = parts.flatMap(({ added, removed, value }) => {
    const own = added ? [] : tokens.slice(at, at + value.length);
    const known = removed ? [] : model.slice(from, from + value.length);
    at += own.length;
    from += known.length;
    if (added || removed) return own.map(like);
    return known.map(({ before, text }) => before + text);
  });
  const text = laid.join('');
  const again = keys(tokensOf(text));
  return again.length === tokens.length && again.every((key, i) => key === tokens[i]?.key)
    ? text
    : undefined;
}
