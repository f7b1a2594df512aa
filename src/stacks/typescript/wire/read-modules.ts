import { ts } from 'ts-morph';
import type { Import } from '../../modules.ts';
import { pathsOf } from '../module-paths.ts';
import { findAll, parseSource } from './parse.ts';
import { startOf } from './positions.ts';

/** Whether a file is a module, by its name. */
export const isModule = (path: string) => /\.[cm]?[jt]sx?$/.test(path);

/** The names that a module exports; undefined where it passes on all of another, or does not parse. */
export function exportsOf(text: string): ReadonlySet<string> | undefined {
  const source = parseSource(text);
  if (source === undefined || source.statements.some(passesOnAll)) return undefined;
  return new Set(source.statements.flatMap(exportedBy));
}

/** What a module takes from others that are none of a package, also where it only names them. */
export function importsOf(path: string, text: string): Import[] {
  const source = parseSource(text);
  if (source === undefined) return [];
  return findAll(source, ts.isStringLiteralLike).flatMap((literal): Import[] => {
    const places = pathsOf(literal.text, path);
    if (places.length === 0) return [];
    return takenBy(literal).map(({ name, node }) => ({
      name,
      places,
      line: text.slice(0, startOf(node)).split('\n').length,
    }));
  });
}

type Taken = { name: string | undefined; node: ts.Node };

function takenBy(literal: ts.StringLiteralLike): Taken[] {
  const { parent } = literal;
  const all: Taken = { name: undefined, node: literal };
  if (ts.isExportDeclaration(parent)) {
    const clause = parent.exportClause;
    return clause && ts.isNamedExports(clause) ? clause.elements.map(taken) : [all];
  }
  if (!ts.isImportDeclaration(parent)) return [all];
  const { name, namedBindings } = parent.importClause ?? {};
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const names = [...(name ? [{ name: 'default', node: name }] : []), ...named.map(taken)];
  return names.length === 0 ? [all] : names;
}

const taken = (node: ts.ImportSpecifier | ts.ExportSpecifier): Taken => ({
  name: (node.propertyName ?? node.name).text,
  node,
});

const passesOnAll = (statement: ts.Statement) =>
  ts.isExportDeclaration(statement) && statement.exportClause === undefined;

function exportedBy(statement: ts.Statement): string[] {
  if (ts.isExportAssignment(statement)) return ['default'];
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (clause === undefined) return [];
    return ts.isNamedExports(clause)
      ? clause.elements.map(({ name }) => name.text)
      : [clause.name.text];
  }
  const modifiers = ts.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  const has = (wanted: ts.SyntaxKind) => modifiers.some(({ kind }) => kind === wanted);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  return has(ts.SyntaxKind.DefaultKeyword) ? ['default'] : declaredBy(statement);
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
}
