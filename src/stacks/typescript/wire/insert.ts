import { ts } from 'ts-morph';
import { startOf, textOf } from './positions.ts';

export type Insertion = { at: number; text: string };

/** The text with every insertion in its place; nothing else changes. */
export function applyInsertions(text: string, insertions: readonly Insertion[]): string {
  return backToFront(insertions).reduce(
    (done, { at, text: added }) => done.slice(0, at) + added + done.slice(at),
    text,
  );
}

/** The insertions in an order in which none moves the place of another one. */
export function backToFront(insertions: readonly Insertion[]): Insertion[] {
  return [...insertions].reverse().sort((a, b) => b.at - a.at);
}

/** The line ending used around a position. */
export function eolNear(text: string, position: number): string {
  const next = text.indexOf('\n', position);
  const newline = next === -1 ? text.lastIndexOf('\n') : next;
  return text[newline - 1] === '\r' ? '\r\n' : '\n';
}

export function lineStart(text: string, position: number): number {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The white space before a position when nothing else stands before it on the line. */
export function indentOf(text: string, position: number): string | undefined {
  const before = text.slice(lineStart(text, position), position);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Where the line of a node ends, behind its trailing comments; undefined when code follows there. */
export function endOfLine(text: string, end: number): number | undefined {
  const comments = ts.getTrailingCommentRanges(text, end) ?? [];
  const rest = /[ \t]*/y;
  rest.lastIndex = comments.at(-1)?.end ?? end;
  rest.exec(text);
  const at = rest.lastIndex;
  return at === text.length || /^\r?\n/.test(text.slice(at, at + 2)) ? at : undefined;
}

/** Puts a statement behind another one: on a line of its own where possible. */
export function statementAfter(text: string, anchor: ts.Node, statement: string): Insertion {
  const end = codeEnd(anchor);
  const at = endOfLine(text, end);
  const indent = indentOf(text, startOf(anchor));
  if (at !== undefined && indent !== undefined) {
    return { at, text: `${eolNear(text, at)}${indent}${statement}` };
  }
  const terminated = /[;}]$/.test(text.slice(0, end));
  return { at: end, text: `${terminated ? '' : ';'} ${withSemicolon(statement)}` };
}

/** Where a statement ends, without the semicolon that guards the next line in a file without them. */
export function codeEnd(node: ts.Node): number {
  const guarded = /\n\s*;$/.test(textOf(node));
  if (guarded && ts.isExpressionStatement(node)) return node.expression.end;
  if (guarded && ts.isImportDeclaration(node)) {
    return (node.attributes ?? node.moduleSpecifier).end;
  }
  return guarded && ts.isVariableStatement(node) ? node.declarationList.end : node.end;
}

/** Puts a statement before another one, under the comments that belong to neither. */
export function statementBefore(text: string, anchor: ts.Node, statement: string): Insertion {
  const at = startWithComments(text, anchor);
  const indent = indentOf(text, at);
  return indent === undefined
    ? { at, text: `${withSemicolon(statement)} ` }
    : { at, text: `${statement}${eolNear(text, at)}${indent}` };
}

/** Where a node starts, counting the comments that stand directly above it. */
export function startWithComments(text: string, node: ts.Node): number {
  const comments = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  let start = startOf(node);
  for (const comment of comments.reverse()) {
    if (/\n[ \t\r]*\n/.test(text.slice(comment.end, start)) || isHeader(text, comment)) break;
    start = comment.pos;
  }
  return start;
}

const header =
  /^\/\*!|copyright|licen[sc]e|spdx|@ts-(no)?check|biome-ignore-all|eslint-(env|disable(?!-))/i;

// A licence, or a setting for the whole file, stays at its top.
function isHeader(text: string, comment: ts.CommentRange): boolean {
  if (text.slice(0, comment.pos).trim() !== '') return false;
  return header.test(text.slice(comment.pos, comment.end));
}

function withSemicolon(statement: string): string {
  return statement.endsWith(';') ? statement : `${statement};`;
}
