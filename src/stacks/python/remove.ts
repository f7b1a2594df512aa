import type { SyntaxNode } from '@lezer/common';
import { type Edit, lineEnd, lineStart, nextLine } from './edit.ts';
import { childrenOf } from './parse.ts';

/** What tells a tool about a line, and goes with it. */
const directive = /^[ \t]*#\s*(?:noqa|type:|ruff:|pyright:|mypy:|pylint:|pragma:|fmt:|isort:)/;

/** A statement with its line; a reason where a comment, or the only statement of a block, would go. */
export function removeStatement(text: string, statement: SyntaxNode): Edit | { reason: string } {
  const { from } = statement;
  const to = from + text.slice(from, statement.to).trimEnd().length;
  if (/(?:^|\n)[^'"\n]*#/.test(text.slice(from, to))) return COMMENT;
  const start = lineStart(text, from);
  const isFirst = text.slice(start, from).trim() === '';
  const behind = text.slice(to, lineEnd(text, to));
  if (isOnly(statement)) {
    if (statement.parent?.parent?.name !== 'FunctionDefinition') {
      return { reason: 'it is the only statement of its block' };
    }
    return { from, to, text: 'pass' };
  }
  if (/^[ \t]*;[ \t]*[^\s#]/.test(behind)) {
    const [sign = ''] = /^[ \t]*;[ \t]*/.exec(behind) ?? [];
    return { from, to: to + sign.length, text: '' };
  }
  if (!isFirst) {
    const [sign = ''] = /[ \t]*;[ \t]*$/.exec(text.slice(start, from)) ?? [];
    return { from: from - sign.length, to, text: '' };
  }
  if (/\S/.test(behind) && !directive.test(behind)) return COMMENT;
  return { ...wholeLines(text, start, nextLine(text, to)), text: '' };
}

const COMMENT = { reason: 'the code to remove contains a comment' };

/** Lines, and the line break before them where they end the text without one. */
function wholeLines(text: string, from: number, to: number): { from: number; to: number } {
  if (to < text.length || text.endsWith('\n') || from === 0) return { from, to };
  return { from: lineEnd(text, lineStart(text, from - 1)), to };
}

/** Whether nothing else stands in a block. */
export function isOnly({ parent }: SyntaxNode): boolean {
  if (parent === null || parent.name === 'Script') return false;
  return childrenOf(parent).filter(({ name }) => name !== ':').length === 1;
}

/** The same for an import that stood apart: one of the blank lines around it goes too. */
export function removeImport(text: string, statement: SyntaxNode): Edit | { reason: string } {
  const edit = removeStatement(text, statement);
  if ('reason' in edit || edit.text !== '' || lineStart(text, edit.from) !== edit.from) return edit;
  const isBlank = (line: string) => line.trim() === '';
  const before = text.slice(0, edit.from).split('\n').slice(0, -1);
  const behind = text.slice(edit.to).split('\n');
  const [above, below] = [before.at(-1), behind[0]];
  const isLast = edit.to === text.length;
  if (
    above !== undefined &&
    isBlank(above) &&
    (isLast || (below !== undefined && isBlank(below)))
  ) {
    return { ...edit, from: lineStart(text, edit.from - 1) };
  }
  const isHead = before.every((line) => line.replace(/^\uFEFF/, '').startsWith('#'));
  if (isHead && below !== undefined && isBlank(below) && !isLast) {
    return { ...edit, to: nextLine(text, edit.to) };
  }
  return edit;
}

/** An item of a list or an import, with its comma and, where it has one for itself, its line. */
export function removeItem(text: string, item: SyntaxNode, last = item): Edit | { reason: string } {
  const signs = childrenOf(item.parent ?? item).filter(({ name }) => name === ',');
  const comma = signs.find(({ from }) => from >= last.to);
  const start = lineStart(text, item.from);
  const to = comma ? comma.to : last.to;
  const behind = text.slice(to, lineEnd(text, to));
  const isAlone = text.slice(start, item.from).trim() === '';
  const isLine = isAlone && (behind.trim() === '' || directive.test(behind));
  if (isAlone && !isLine && /^[ \t]*#/.test(behind)) return COMMENT;
  if (isLine) {
    if (comma) return { from: start, to: nextLine(text, to), text: '' };
    const before = signs.findLast(({ from }) => from < item.from);
    // The last of several without a comma: the one before it then is the last, and was the same.
    if (before && text.slice(before.to, item.from).trim() === '') {
      return { from: before.from, to: last.to, text: '' };
    }
    return { from: start, to: nextLine(text, to), text: '' };
  }
  if (comma) {
    const before = signs.findLast(({ from }) => from < item.from);
    const isEnd = !/^[ \t]*[^\s)\]]/.test(text.slice(comma.to));
    // `[a, b,]` keeps its last comma, and `(a, b)` needs one.
    if (isEnd && before) return { from: before.from, to: comma.from, text: '' };
    const [space = ''] = /^[ \t]*/.exec(text.slice(comma.to)) ?? [];
    const rest = comma.to + space.length;
    const end = comma.nextSibling;
    // What is left of a pair needs a comma to be a list.
    const isPair = signs.length === 1 && item.parent?.name === 'TupleExpression';
    if (!isPair || !end || isEnd) return { from: item.from, to: rest, text: '' };
    return { from: item.from, to: end.to, text: `${text.slice(rest, end.to)},` };
  }
  const before = signs.findLast(({ from }) => from < item.from);
  if (!before) return { from: item.from, to: last.to, text: '' };
  const isPair = signs.length === 1 && item.parent?.name === 'TupleExpression';
  return { from: isPair ? before.to : before.from, to: last.to, text: '' };
}
