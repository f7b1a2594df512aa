import { ts } from 'ts-morph';
import { declarationsNamed, references, type Scopes } from './scope.ts';

export type Wanted = { name: string; from: string };

/** How a file imports a name: `expression` is what to write to use it. */
export type ImportFound =
  | { status: 'missing' }
  | { status: 'imported'; expression: string; declaration: ts.Node }
  | { status: 'taken'; reason: string };

/** Looks for a name among the imports of its module, under whatever local name. */
export function findImport(source: ts.SourceFile, scopes: Scopes, wanted: Wanted): ImportFound {
  const found = source.statements
    .filter((statement) => isModule(moduleOf(statement) ?? '', wanted.from))
    .map((statement) => findIn(statement, wanted.name))
    .filter(({ status }) => status !== 'missing');
  const [first] = found;
  if (first) return found.find((each) => isUsed(scopes, each)) ?? first;
  const taken = declarationsNamed(scopes, wanted.name)[0];
  return taken
    ? { status: 'taken', reason: describeTaken(taken, wanted.name) }
    : { status: 'missing' };
}

function isUsed(scopes: Scopes, found: ImportFound): boolean {
  return found.status === 'imported' && references(found.declaration, scopes).length > 0;
}

/** The module that a statement imports from. */
export function moduleOf(statement: ts.Node): string | undefined {
  if (ts.isImportDeclaration(statement)) return stringOf(statement.moduleSpecifier);
  if (ts.isImportEqualsDeclaration(statement)) {
    const reference = statement.moduleReference;
    return ts.isExternalModuleReference(reference) ? stringOf(reference.expression) : undefined;
  }
  return undefined;
}

/** The module that an import specifier, clause or namespace belongs to. */
export function moduleOfBinding(declaration: ts.Node): string | undefined {
  for (let node: ts.Node | undefined = declaration; node; node = node.parent) {
    const specifier = moduleOf(node);
    if (specifier !== undefined) return specifier;
  }
  return undefined;
}

function findIn(statement: ts.Node, name: string): ImportFound {
  if (ts.isImportEqualsDeclaration(statement))
    return namespaceFound(statement.name, statement, name);
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) {
    return namespaceFound(bindings.name, bindings, name);
  }
  const specifier = bindings?.elements.find(
    (element) => (element.propertyName ?? element.name).text === name,
  );
  if (specifier) {
    return { status: 'imported', expression: specifier.name.text, declaration: specifier };
  }
  if (!clause?.name) return { status: 'missing' };
  const reason = `the default export of ${moduleOf(statement)} is imported as ${clause.name.text}, but ${name} is a named export`;
  return { status: 'taken', reason };
}

function namespaceFound(space: ts.Identifier, declaration: ts.Node, name: string): ImportFound {
  return { status: 'imported', expression: `${space.text}.${name}`, declaration };
}

/** Whether an import brings in types alone, so that nothing can be called through it. */
export function isTypeOnly(declaration: ts.Node): boolean {
  for (let node: ts.Node | undefined = declaration; node; node = node.parent) {
    if (
      (ts.isImportSpecifier(node) ||
        ts.isImportClause(node) ||
        ts.isImportEqualsDeclaration(node)) &&
      node.isTypeOnly
    ) {
      return true;
    }
  }
  return false;
}

// './modules/x/x.routes.ts', '…/x.routes.js' and '@/modules/x/x.routes' are one module, while
// './v1/modules/x/x.routes.ts' is another one.
export function isModule(name: string, from: string): boolean {
  const specifier = withoutExtension(name);
  const wanted = withoutExtension(from);
  if (specifier === wanted) return true;
  const path = wanted.replace(/^(\.{1,2}\/)+/, '/');
  return specifier.endsWith(path) && /^[@#~]?\w*$/.test(specifier.slice(0, -path.length));
}

export function withoutExtension(specifier: string): string {
  return specifier.replace(/\.[cm]?[jt]s$/, '');
}

function describeTaken(declaration: ts.Node, name: string): string {
  const from = moduleOfBinding(declaration);
  return from === undefined
    ? `the name ${name} is already declared in this file`
    : `the name ${name} is already imported from ${from}`;
}

function stringOf(node: ts.Expression): string | undefined {
  return ts.isStringLiteral(node) ? node.text : undefined;
}
