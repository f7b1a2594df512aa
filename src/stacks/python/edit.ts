/** Text that takes the place of what stands between two offsets. */
export type Edit = { from: number; to: number; text: string };

/** A text with edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.from - one.from || other.to - one.to)
    .reduce((all, { from, to, text: next }) => all.slice(0, from) + next + all.slice(to), text);
}

/** Where the line of an offset begins. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** Where the line behind that of an offset begins; the end of the text if there is none. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** The white space that a line begins with. */
export const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

/** The line ending of the first line. */
export const eolOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n';

/** One step of indentation: a tab, or as many spaces as the least indented line has. */
export function indentUnit(text: string): string {
  const widths = text.match(/^[ \t]+(?=\S)/gm) ?? [];
  if (widths.some((width) => width.startsWith('\t'))) return '\t';
  return ' '.repeat(widths.length === 0 ? 4 : Math.min(...widths.map((width) => width.length)));
}

/** A new line behind that of an offset. */
export function lineBehind(text: string, at: number, line: string): Edit {
  const end = lineEnd(text, at);
  return { from: end, to: end, text: eolOf(text) + line };
}
