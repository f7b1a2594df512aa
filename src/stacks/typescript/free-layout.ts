import type { Layout, Token } from '../syntax.ts';

/**
 * TypeScript and its kin: quotes, last commas, line breaks and indentation say nothing. What compares
 * is what stands inside of how many brackets.
 */
export const freeLayout: Layout = {
  tokensOf,
  likeIn(lines) {
    const style = styleOf(lines);
    return (token) => restyled(token, style);
  },
};

type Style = { indent: string; quote: string };

function styleOf(lines: readonly string[]): Style {
  const indents = lines.flatMap((line) => /^[ \t]+(?=[^\s*])/.exec(line)?.[0] ?? []);
  const shortest = indents.sort((a, b) => a.length - b.length)[0] ?? '  ';
  const text = lines.join('\n');
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

function tokensOf(lines: readonly string[]): Token[] {
  const tokens: Token[] = [];
  let before = '';
  let depth = 0;
  const parts = `${lines.join('\n')}\n`.match(token) ?? [];
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
