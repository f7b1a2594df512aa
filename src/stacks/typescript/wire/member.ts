import { ts } from 'ts-morph';
import { endOfLine, eolNear, type Insertion, indentOf, lineStart } from './insert.ts';
import { startOf } from './positions.ts';
import { indentUnit, usesSemicolons } from './style.ts';
import type { Members } from './table-members.ts';

/** The property as the other properties are written, without the sign that ends it. */
export function memberLine(tables: Members, name: string, type: string): string {
  const properties = tables.members.filter(ts.isPropertySignature);
  const readonly =
    properties.length > 0 &&
    properties.every((property) =>
      property.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ReadonlyKeyword),
    );
  return `${readonly ? 'readonly ' : ''}${name}: ${type}`;
}

/** The insertions that put a property behind the last one. */
export function addMember(source: ts.SourceFile, tables: Members, line: string): Insertion[] {
  const last = tables.members.at(-1);
  return last ? afterMember(source, tables, last, line) : intoEmpty(source, tables, line);
}

function afterMember(
  source: ts.SourceFile,
  tables: Members,
  last: ts.TypeElement,
  line: string,
): Insertion[] {
  const text = source.text;
  const end = separatorOf(text, last);
  const separated = tables.members.find((member) => separatorOf(text, member));
  const separator = separated && separatorOf(text, separated);
  const at = endOfLine(text, last.end);
  const indent = indentOf(text, startOf(last));
  if (at === undefined || indent === undefined) {
    const joint = end === undefined ? (separator ?? ';') : '';
    return [{ at: last.end, text: `${joint} ${line}${end ?? ''}` }];
  }
  const joint = end === undefined && separator ? [{ at: last.end, text: separator }] : [];
  return [...joint, { at, text: `${eolNear(text, at)}${indent}${line}${end ?? ''}` }];
}

function separatorOf(text: string, member: ts.TypeElement): string | undefined {
  return /[;,]/.exec(text[member.end - 1] ?? '')?.[0];
}

function intoEmpty(source: ts.SourceFile, tables: Members, line: string): Insertion[] {
  const text = source.text;
  const close = tables.end - 1;
  const open = tables.members.pos;
  const ended = usesSemicolons(source) ? `${line};` : line;
  const eol = eolNear(text, open);
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, open)))?.[0] ?? '';
  const indent = outer + indentUnit(text);
  const inside = text.slice(open, close);
  if (inside === '') return [{ at: open, text: `${eol}${indent}${ended}${eol}${outer}` }];
  if (!inside.includes('\n'))
    return [{ at: close, text: `${inside.trim() && !/\s$/.test(inside) ? ' ' : ''}${ended} ` }];
  return [{ at: lineStart(text, close), text: `${indent}${ended}${eol}` }];
}
