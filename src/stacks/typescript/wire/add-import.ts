import type { ts } from 'ts-morph';
import type { Wanted } from './imports.ts';
import { moduleOf, withoutExtension } from './imports.ts';
import { codeEnd, eolNear, type Insertion, startWithComments, statementAfter } from './insert.ts';
import { compareModules } from './module-order.ts';
import { sourceOf, startOf, textOf } from './positions.ts';
import { hasSemicolon, quoteSign, spacesInBraces, usesSemicolons } from './style.ts';

/** The insertion that imports a name, in the style and the order that the file's imports have. */
export function addImport(source: ts.SourceFile, wanted: Wanted, keyword: string): Insertion {
  const imports = source.statements.filter((statement) => moduleOf(statement) !== undefined);
  const from = inStyleOf(imports, wanted.from);
  const { after, before } = placeFor(imports, from);
  const neighbour = after ?? before;
  const line = importLine(source, { name: wanted.name, from }, keyword, neighbour);
  if (after) return statementAfter(source.text, after, line);
  return before ? beforeImport(source.text, before, line) : atTheTop(source, line);
}

function importLine(
  source: ts.SourceFile,
  { name, from }: Wanted,
  keyword: string,
  neighbour: ts.Node | undefined,
): string {
  const code = neighbour && sourceOf(neighbour).text.slice(startOf(neighbour), codeEnd(neighbour));
  const quote = /['"](?=\)?;?$)/.exec(code ?? '')?.[0] ?? quoteSign(source);
  const semicolon = (neighbour ? hasSemicolon(neighbour) : usesSemicolons(source)) ? ';' : '';
  const names = spacesInBraces(source) ? `{ ${name} }` : `{${name}}`;
  return `${keyword} ${names} from ${quote}${from}${quote}${semicolon}`;
}

type Place = { after?: ts.Statement | undefined; before?: ts.Statement | undefined };

function placeFor(imports: ts.Statement[], from: string): Place {
  const relative = imports.filter((statement) => moduleOf(statement)?.startsWith('.'));
  const names = relative.map((statement) => moduleOf(statement) ?? '');
  const sorted = names.every((name, i) => i === 0 || compareModules(names[i - 1] ?? '', name) <= 0);
  if (relative.length === 0 || !sorted) return { after: imports.at(-1) };
  const after = relative.findLast((_, i) => compareModules(names[i] ?? '', from) <= 0);
  return after ? { after } : { before: relative[0] };
}

// Follows a project that imports all its modules as `.js`, or without an extension.
function inStyleOf(imports: ts.Statement[], from: string): string {
  const endings = imports
    .map((statement) => moduleOf(statement) ?? '')
    .filter((name) => /^\.{1,2}\/(.*\/)?modules\/.*\.(routes|table)(\.[cm]?[jt]s)?$/.test(name))
    .map((name) => name.slice(withoutExtension(name).length));
  const ending = endings[0];
  if (ending === undefined || endings.some((other) => other !== ending)) return from;
  return withoutExtension(from) + ending;
}

function beforeImport(text: string, anchor: ts.Statement, line: string): Insertion {
  const at = startWithComments(text, anchor);
  return { at, text: `${line}${eolNear(text, at)}` };
}

function atTheTop(source: ts.SourceFile, line: string): Insertion {
  const text = source.text;
  const directive = directives(source).at(-1);
  if (directive) {
    const placed = statementAfter(text, directive, line);
    const eol = eolNear(text, placed.at);
    return { at: placed.at, text: `${eol}${placed.text}` };
  }
  const first = source.statements[0];
  const eol = eolNear(text, 0);
  const at = first ? startWithComments(text, first) : text.length;
  return { at, text: `${line}${eol}${eol}` };
}

function directives(source: ts.SourceFile): ts.Statement[] {
  const end = source.statements.findIndex(
    (statement) => !/^(['"])use \w+\1;?$/.test(textOf(statement)),
  );
  return source.statements.slice(0, end === -1 ? source.statements.length : end);
}
