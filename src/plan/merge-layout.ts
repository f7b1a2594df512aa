import { diffArrays } from 'diff';
import { linesOf } from './merge-text.ts';
import type { Versions } from './merge3.ts';

/** A word, sign, string or comment. */
type Token = {
  /** The white space before it, or the last comma of a list. */
  before: string;
  text: string;
  /** What it is, in whatever quotes, and inside of how many brackets. */
  key: string;
};

/** Beyond so many tokens of their own, or a quarter, it is a rewrite rather than another layout. */
const TOO_DIFFERENT = 3000;

/**
 * The versions as they would be if the base had been written in the layout of yours: line breaks,
 * indentation, quotes and last commas. Undefined where that is the layout they have.
 */
export function inYourLayout({ base, yours, generated }: Versions): Versions | undefined {
  const model = tokensOf(yours);
  const style = styleOf(yours);
  const laidBase = layOut(tokensOf(base), model, style);
  if (laidBase === undefined || laidBase === base) return undefined;
  const laidGenerated = layOut(tokensOf(generated), tokensOf(laidBase), style);
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

/** The tokens written as the model writes the ones that it has; undefined if that changes them. */
function layOut(tokens: Token[], model: Token[], style: Style): string | undefined {
  const keys = (all: Token[]) => all.map(({ key }) => key);
  const parts = diffArrays(keys(tokens), keys(model), { maxEditLength: TOO_DIFFERENT });
  if (parts === undefined) return undefined;
  const shared = parts.filter(({ added, removed }) => !added && !removed);
  if (shared.reduce((sum, { count }) => sum + count, 0) * 4 < tokens.length * 3) return undefined;
  let [at, from] = [0, 0];
  const laid = parts.flatMap(({ added, removed, value }) => {
    const own = added ? [] : tokens.slice(at, at + value.length);
    const like = removed ? [] : model.slice(from, from + value.length);
    at += own.length;
    from += like.length;
    if (added || removed) return own.map((each) => restyled(each, style));
    return like.map(({ before, text }) => before + text);
  });
  const text = laid.join('');
  const again = keys(tokensOf(text));
  return again.length === tokens.length && again.every((key, i) => key === tokens[i]?.key)
    ? text
    : undefined;
}

type Style = { indent: string; quote: string };

function styleOf(text: string): Style {
  const indents = linesOf(text).flatMap((line) => /^[ \t]+(?=[^\s*])/.exec(line)?.[0] ?? []);
  const shortest = indents.sort((a, b) => a.length - b.length)[0] ?? '  ';
  const count = (sign: RegExp) => text.match(sign)?.length ?? 0;
  return { indent: shortest, quote: count(/"/g) > count(/'/g) ? '"' : "'" };
}

// What the generator writes is indented by two spaces, and has single quotes.
function restyled({ before, text }: Token, { indent, quote }: Style): string {
  const spaced = before.replace(
    /(\n)((?: {2})+)/g,
    (_, eol: string, spaces: string) => eol + indent.repeat(spaces.length / 2),
  );
  const plain = /^'([^'"\\]*)'$/.exec(text)?.[1];
  return spaced + (plain === undefined ? text : quote + plain + quote);
}

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|[\p{L}\p{N}_$]+|\s+|[\s\S]/gu;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let before = '';
  let depth = 0;
  const parts = `${linesOf(text).join('\n')}\n`.match(token) ?? [];
  for (const [at, part] of parts.entries()) {
    if (part.trim() === '' || (part === ',' && isLastComma(parts, at))) before += part;
    else {
      if (/^[)\]}]$/.test(part)) depth -= 1;
      tokens.push({ before, text: part, key: `${depth} ${keyOf(part)}` });
      if (/^[([{]$/.test(part)) depth += 1;
      before = '';
    }
  }
  return [...tokens, { before, text: '', key: 'end' }];
}

/** Whether a comma stands before a closing bracket. */
function isLastComma(parts: string[], at: number): boolean {
  const next = parts.slice(at + 1, at + 12).find((part) => !/^(\s|\/\/|\/\*)/.test(part));
  return next !== undefined && /^[)\]}]$/.test(next);
}

/** The same for a string in either quotes, and for a comment however it is indented. */
function keyOf(text: string): string {
  if (text.startsWith('/*')) return text.replace(/\s+/g, ' ');
  return /^['"]/.test(text) ? `'${text.slice(1, -1).replace(/\\(['"])/g, '$1')}'` : text;
}
