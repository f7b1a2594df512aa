import { ts } from 'ts-morph';
import { codeEnd } from './insert.ts';
import { findAll } from './parse.ts';
import { sourceOf, startOf } from './positions.ts';

/** Whether most statements end with a semicolon; a file that says nothing gets them. */
export function usesSemicolons(source: ts.SourceFile): boolean {
  const statements = findAll(source, endsWithSemicolonByChoice);
  const without = statements.filter((statement) => !hasSemicolon(statement)).length;
  return without * 2 <= statements.length;
}

export function hasSemicolon(node: ts.Node): boolean {
  return sourceOf(node).text.slice(0, codeEnd(node)).endsWith(';');
}

/** The quote sign of most strings. */
export function quoteSign(source: ts.SourceFile): string {
  const strings = findAll(source, ts.isStringLiteral).map(
    (literal) => source.text[startOf(literal)],
  );
  const double = strings.filter((sign) => sign === '"').length;
  return double * 2 > strings.length ? '"' : "'";
}

/** One step of indentation: a tab, or as many spaces as the least indented line has. */
export function indentUnit(text: string): string {
  const widths = text.match(/^[ \t]+(?=[^\s*])/gm) ?? [];
  if (widths.some((width) => width.startsWith('\t'))) return '\t';
  return widths.length === 0 ? '  ' : ' '.repeat(Math.min(...widths.map((width) => width.length)));
}

/** `{ a }` or `{a}`, as most named imports are written. */
export function spacesInBraces(source: ts.SourceFile): boolean {
  const braces = source.statements.flatMap((statement) => {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    const named = clause?.namedBindings;
    return named && ts.isNamedImports(named) ? [source.text[named.elements.pos] ?? ''] : [];
  });
  return braces.filter((inside) => /\S/.test(inside)).length * 2 <= braces.length;
}

function endsWithSemicolonByChoice(
  node: ts.Node,
): node is
  | ts.ImportDeclaration
  | ts.ExpressionStatement
  | ts.VariableStatement
  | ts.ReturnStatement {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}
