import { ts } from 'ts-morph';
import { holdsStatements } from './expressions.ts';
import { codeEnd, endOfLine, indentOf, lineStart } from './insert.ts';
import { skipTrivia, sourceOf, startOf } from './positions.ts';

/** A part of the text to remove. */
export type Removal = { start: number; end: number };

/** The text without the removals; nothing else changes. */
export function applyRemovals(text: string, removals: readonly Removal[]): string {
  return [...removals]
    .sort((a, b) => b.start - a.start)
    .reduce((done, { start, end }) => done.slice(0, start) + done.slice(end), text);
}

/**
 * Removes code, and the lines that it fills. Keeps a comment after it, and one of the blank lines above
 * and below.
 */
export function removeCode(text: string, start: number, end: number): Removal {
  const indent = indentOf(text, start);
  const lineEnd = endOfLine(text, end);
  if (indent === undefined || lineEnd === undefined) return removeInLine(text, start, end);
  const comment = skipBlanks(text, end);
  if (comment !== lineEnd) return { start, end: comment };
  const first = lineStart(text, start);
  const next = afterBreak(text, lineEnd);
  // The last line of a text without a final line break is removed with the break before it.
  if (next === lineEnd) return { start: first - breakBefore(text, first), end: lineEnd };
  const blankAbove = first === lineStart(text, 0) || /\n[ \t]*\r?\n$/.test(text.slice(0, first));
  const blankBelow = /^[ \t]*\r?\n/.exec(text.slice(next, next + 200))?.[0];
  return { start: first, end: blankAbove && blankBelow ? next + blankBelow.length : next };
}

function removeInLine(text: string, start: number, end: number): Removal {
  const before = /[ \t]*$/.exec(text.slice(lineStart(text, start), start))?.[0].length ?? 0;
  const first = indentOf(text, start) !== undefined;
  if (!first && before > 0) return { start: start - before, end };
  return { start, end: skipBlanks(text, end) };
}

/** Removes a statement, or says why that would change the code around it. */
export function removeStatement(statement: ts.Statement): Removal | { reason: string } {
  const { parent } = statement;
  const holds = holdsStatements(parent) || ts.isCaseOrDefaultClause(parent);
  const siblings = holds ? parent.statements : undefined;
  if (!siblings) return { reason: 'is the whole body of a condition or a loop' };
  const { text } = sourceOf(statement);
  const end = codeEnd(statement);
  const previous = siblings[siblings.indexOf(statement) - 1];
  const goesOn = /^[([`+*/,.-]/.test(text.slice(skipTrivia(text, end)));
  const isOpen = previous !== undefined && !/[;}]$/.test(text.slice(0, previous.end));
  if (goesOn && isOpen) return { reason: 'separates the statements around it' };
  return removeCode(text, startOf(statement), end);
}

/** Removes an element with its comma from a list in brackets. */
export function removeElement<T extends ts.Node>(
  list: ts.NodeArray<T>,
  element: T,
  close: number,
): Removal[] {
  const { text } = sourceOf(element);
  const start = startOf(element);
  const previous = list[list.indexOf(element) - 1];
  const leading = previous && commaAfter(text, previous.end, start);
  const trailing = commaAfter(text, element.end, close);
  const isFirstOnLine = leading !== undefined && indentOf(text, leading) !== undefined;
  const isAlone = isFirstOnLine && /^[ \t]*$/.test(text.slice(leading + 1, start));
  if (isAlone && leading !== undefined) return [removeCode(text, leading, element.end)];
  if (trailing !== undefined) return [removeCode(text, start, trailing + 1)];
  if (leading === undefined) return [removeCode(text, start, element.end)];
  return [
    { start: leading, end: leading + 1 },
    removeBehind(text, leading + 1, start, element.end),
  ];
}

// The white space after the comma is removed with it.
function removeBehind(text: string, comma: number, start: number, end: number): Removal {
  const removal = removeCode(text, start, end);
  return { start: Math.max(removal.start, comma), end: removal.end };
}

function commaAfter(text: string, end: number, limit: number): number | undefined {
  const at = skipTrivia(text, end);
  return at < limit && text[at] === ',' ? at : undefined;
}

/** Whether a part of the text contains a comment, which would be lost. */
export function holdsComment(text: string, { start, end }: Removal): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false);
  scanner.setText(text, start, end - start);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (
      kind === ts.SyntaxKind.SingleLineCommentTrivia ||
      kind === ts.SyntaxKind.MultiLineCommentTrivia
    ) {
      return true;
    }
  }
  return false;
}

const directive = /@ts-(expect-error|ignore)|biome-ignore(?!-)|eslint-disable-next-line/;

/** Whether the comment directly above is a directive to a linter or compiler for this code. */
export function isUnderDirective(text: string, node: ts.Node): boolean {
  const above = ts.getLeadingCommentRanges(text, node.pos)?.at(-1);
  return above !== undefined && directive.test(text.slice(above.pos, above.end));
}

function skipBlanks(text: string, position: number): number {
  const blanks = /[ \t]*/y;
  blanks.lastIndex = position;
  blanks.exec(text);
  return blanks.lastIndex;
}

function afterBreak(text: string, position: number): number {
  if (text[position] === '\n') return position + 1;
  return text.startsWith('\r\n', position) ? position + 2 : position;
}

function breakBefore(text: string, position: number): number {
  if (text[position - 1] !== '\n') return 0;
  return text[position - 2] === '\r' ? 2 : 1;
}
