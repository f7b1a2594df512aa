import type { Layout, Token } from '../syntax.ts';

/**
 * Python: inside of brackets, line breaks and indentation say nothing; outside, what counts is how deep
 * a line is, not by how much white space. Quotes and last commas say nothing either.
 */
export const freeLayout: Layout = {
  tokensOf,
  likeIn(lines) {
    const indent = indentOf(lines);
    return ({ before, text }) =>
      before.replace(
        /\n((?: {4})+)/g,
        (_, spaces: string) => `\n${indent.repeat(spaces.length / 4)}`,
      ) + text;
  },
};

function indentOf(lines: readonly string[]): string {
  const all = lines.flatMap((line) => /^[ \t]+(?=\S)/.exec(line)?.[0] ?? []);
  return all.sort((one, other) => one.length - other.length)[0] ?? '    ';
}

const token =
  /#[^\n]*|[rbfuRBFU]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')|\\\n|[\p{L}\p{N}_]+|\s+|[\s\S]/gu;

function tokensOf(lines: readonly string[]): Token[] {
  const parts = `${lines.join('\n')}\n`.match(token) ?? [];
  const tokens: Token[] = [];
  const depths: string[] = [''];
  let before = '';
  let brackets = 0;
  let startsLine = true;
  for (const [at, part] of parts.entries()) {
    if (/^\s+$/.test(part) || part === '\\\n' || (part === ',' && isLastComma(parts, at))) {
      before += part;
      if (brackets === 0 && part !== '\\\n' && part.includes('\n')) startsLine = true;
      continue;
    }
    if (/^[)\]}]$/.test(part)) brackets -= 1;
    // A comment may stand at any depth, and does not say how deep the next line is.
    const level = startsLine && !part.startsWith('#') ? levelOf(depths, before) : undefined;
    const place = brackets > 0 ? `(${brackets}` : level === undefined ? '' : `${level}:`;
    tokens.push({ before, text: part, key: `${place} ${keyOf(part)}` });
    if (/^[([{]$/.test(part)) brackets += 1;
    before = '';
    startsLine = false;
  }
  return [...tokens, { before, text: '', key: 'end' }];
}

/** How many blocks a line is in, by its white space and that of the lines before. */
function levelOf(depths: string[], before: string): number {
  const indent = before.slice(before.lastIndexOf('\n') + 1);
  while (depths.length > 1 && !indent.startsWith(depths.at(-1) ?? '')) depths.pop();
  if (indent.length > (depths.at(-1) ?? '').length) depths.push(indent);
  return depths.length - 1;
}

/** Whether a comma stands before a closing bracket; that of `(a,)` makes it a tuple. */
function isLastComma(parts: readonly string[], at: number): boolean {
  const next = parts.slice(at + 1, at + 12).find((part) => !/^(?:\s|#)/.test(part));
  if (next === undefined || !/^[)\]}]$/.test(next)) return false;
  return next !== ')' || !isTuple(parts, at);
}

/** Whether the comma is the only one in brackets that are no call. */
function isTuple(parts: readonly string[], comma: number): boolean {
  let depth = 0;
  for (let at = comma - 1; at >= 0; at--) {
    const part = parts[at] ?? '';
    if (/^[)\]}]$/.test(part)) depth += 1;
    else if (/^[([{]$/.test(part)) {
      if (depth === 0) return !/^[\p{L}\p{N}_)\]]/u.test(parts[at - 1] ?? '');
      depth -= 1;
    } else if (part === ',' && depth === 0) return false;
  }
  return false;
}

/** The same for a string in either quotes. */
function keyOf(text: string): string {
  const [, prefix, , content] = /^([rbfuRBFU]{0,2})(["'])([^"'\\\n]*)\2$/.exec(text) ?? [];
  return content === undefined ? text : `${prefix}"${content}"`;
}
