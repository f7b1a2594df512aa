import { ts } from 'ts-morph';
import { pathsOf } from '../../typescript/module-paths.ts';
import { moduleOfBinding } from '../../typescript/wire/imports.ts';
import { parseSource } from '../../typescript/wire/parse.ts';
import { declaredName, readScopes, type Scopes } from '../../typescript/wire/scope.ts';
import { readRouterUses, type Use } from './router-uses.ts';

/** A file of the project, read as far as routes need it. */
export type Module = { path: string; source: ts.SourceFile; scopes: Scopes; uses: Use[] };

/** The files of a project as modules; undefined where there is none, or where it cannot be parsed. */
export type Modules = (path: string) => Module | undefined;

/** Reads each file once, when it is first asked for. */
export function createModules(read: (path: string) => string | undefined): Modules {
  const known = new Map<string, Module | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, readModule(path, read(path)));
    return known.get(path);
  };
}

function readModule(path: string, text: string | undefined): Module | undefined {
  const source = text === undefined ? undefined : parseSource(text);
  if (source === undefined) return undefined;
  const scopes = readScopes(source);
  return { path, source, scopes, uses: readRouterUses(scopes) };
}

/** What an import brings in: a name of a module; undefined, where that is none of the project. */
export type Imported = { module: Module | undefined; name: string };

/** What an imported name stands for. */
export function importedBy(
  declaration: ts.Node,
  from: Module,
  modules: Modules,
): Imported | undefined {
  const specifier = moduleOfBinding(declaration);
  if (specifier === undefined) return undefined;
  let module: Module | undefined;
  for (const path of pathsOf(specifier, from.path)) module ??= modules(path);
  const name = ts.isImportSpecifier(declaration)
    ? (declaration.propertyName ?? declaration.name).text
    : ts.isImportClause(declaration)
      ? 'default'
      : '*';
  return { module, name };
}

/** The declaration, or the expression, that a module exports by a name. */
export function exportedAs(module: Module, name: string): ts.Node | undefined {
  const top = module.scopes.declared.get(module.source);
  if (name !== 'default') return top?.get(name);
  for (const statement of module.source.statements) {
    if (ts.isExportAssignment(statement)) return statement.expression;
    const isDefault =
      ts.isFunctionDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (isDefault) return statement;
  }
  return undefined;
}

/** What a declared name was given at first. */
export function initializerOf(declaration: ts.Node): ts.Expression | undefined {
  return ts.isVariableDeclaration(declaration) && declaredName(declaration)
    ? declaration.initializer
    : undefined;
}
