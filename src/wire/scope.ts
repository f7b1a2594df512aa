import { ts } from 'ts-morph';

/** For every scope of a file, the names that it declares. */
export type Scopes = Map<ts.Node, Map<string, ts.Node>>;

/** Reads the declarations of a file, scope by scope; types and values share one space of names. */
export function readScopes(source: ts.SourceFile): Scopes {
  const scopes: Scopes = new Map();
  const declare = (scope: ts.Node, name: ts.Identifier, node: ts.Node): void => {
    const names = scopes.get(scope) ?? new Map<string, ts.Node>();
    scopes.set(scope, names);
    const known = names.get(name.text);
    if (known === undefined || isType(known)) names.set(name.text, node);
  };
  const visit = (node: ts.Node, scope: ts.Node, functionScope: ts.Node): void => {
    const name = declaredName(node);
    if (name) declare(isVar(node) ? functionScope : scope, name, node);
    const isFunction = ts.isFunctionLike(node);
    const own = isFunction || opensScope(node) ? node : scope;
    ts.forEachChild(node, (child) => visit(child, own, isFunction ? node : functionScope));
  };
  visit(source, source, source);
  return scopes;
}

/** The declaration that a name means at a place of the file. */
export function resolveName(scopes: Scopes, at: ts.Node, name: string): ts.Node | undefined {
  for (let scope: ts.Node | undefined = at; scope; scope = scope.parent) {
    const found = scopes.get(scope)?.get(name);
    if (found) return found;
  }
  return undefined;
}

export function declarationsNamed(scopes: Scopes, name: string): ts.Node[] {
  return [...scopes.values()].flatMap((names) => names.get(name) ?? []);
}

/** Whether an identifier uses a name, rather than declaring one or naming a property. */
export function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportSpecifier(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) {
    return ts.isBindingElement(parent) && parent.initializer === node;
  }
  return !('name' in parent && parent.name === node);
}

/** The name that a node declares, if it declares one. */
export function declaredName(node: ts.Node): ts.Identifier | undefined {
  if (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportClause(node) ||
    ts.isImportSpecifier(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportEqualsDeclaration(node)
  ) {
    return node.name && ts.isIdentifier(node.name) ? node.name : undefined;
  }
  return undefined;
}

function opensScope(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isCatchClause(node)
  );
}

function isType(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

function isVar(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) &&
    ts.isVariableDeclarationList(node.parent) &&
    (node.parent.flags & ts.NodeFlags.BlockScoped) === 0
  );
}
