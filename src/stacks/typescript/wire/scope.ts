import { ts } from 'ts-morph';

/** What one walk over a file finds. Types and values share one space of names. */
export type Scopes = {
  /** For every scope of the file, the names that it declares. */
  declared: Map<ts.Node, Map<string, ts.Node>>;
  /** Every identifier outside of imports by its text, in the order of the file. */
  identifiers: Map<string, ts.Identifier[]>;
  /** Every call with or without `new`, the outer one before those inside of it. */
  calls: (ts.CallExpression | ts.NewExpression)[];
};

/** Walks over a file once, since a file of many endpoints takes long for every walk. */
export function readScopes(source: ts.SourceFile): Scopes {
  const scopes: Scopes = { declared: new Map(), identifiers: new Map(), calls: [] };
  let scope: ts.Node = source;
  let functionScope: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const same = scopes.identifiers.get(node.text);
      if (same) same.push(node);
      else scopes.identifiers.set(node.text, [node]);
      return;
    }
    if (ts.isImportDeclaration(node)) {
      declareImports(scopes, scope, node);
      return;
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) scopes.calls.push(node);
    const name = declaredName(node);
    if (name) declare(scopes, isVar(node) ? functionScope : scope, name, node);
    const around = { scope, functionScope };
    if (ts.isFunctionLike(node)) functionScope = node;
    if (functionScope === node || opensScope(node)) scope = node;
    ts.forEachChild(node, visit);
    scope = around.scope;
    functionScope = around.functionScope;
  };
  visit(source);
  return scopes;
}

function declareImports(scopes: Scopes, scope: ts.Node, node: ts.ImportDeclaration): void {
  const clause = node.importClause;
  const bindings = clause?.namedBindings;
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [bindings];
  for (const each of [clause, ...elements]) {
    const name = each && declaredName(each);
    if (each && name) declare(scopes, scope, name, each);
  }
}

function declare({ declared }: Scopes, scope: ts.Node, name: ts.Identifier, node: ts.Node): void {
  const names = declared.get(scope) ?? new Map<string, ts.Node>();
  declared.set(scope, names);
  const known = names.get(name.text);
  if (known === undefined || isType(known)) names.set(name.text, node);
}

/** The declaration that a name means at a place of the file. */
export function resolveName(scopes: Scopes, at: ts.Node, name: string): ts.Node | undefined {
  for (let scope: ts.Node | undefined = at; scope; scope = scope.parent) {
    const found = scopes.declared.get(scope)?.get(name);
    if (found) return found;
  }
  return undefined;
}

export function declarationsNamed(scopes: Scopes, name: string): ts.Node[] {
  return [...scopes.declared.values()].flatMap((names) => names.get(name) ?? []);
}

/** Every use of a declared name. */
export function references(declaration: ts.Node, scopes: Scopes): ts.Identifier[] {
  const name = declaredName(declaration)?.text ?? '';
  return (scopes.identifiers.get(name) ?? []).filter(
    (each) => isReference(each) && resolveName(scopes, each, name) === declaration,
  );
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

type Declaration =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.BindingElement
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ImportClause
  | ts.ImportSpecifier
  | ts.NamespaceImport
  | ts.ImportEqualsDeclaration;

/** One look into a set, since every node of a file is asked. */
const declarations: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.NamespaceImport,
  ts.SyntaxKind.ImportEqualsDeclaration,
]);

const isDeclaration = (node: ts.Node): node is Declaration => declarations.has(node.kind);

/** The name that a node declares, if it declares one. */
export function declaredName(node: ts.Node): ts.Identifier | undefined {
  if (!isDeclaration(node)) return undefined;
  return node.name && ts.isIdentifier(node.name) ? node.name : undefined;
}

const openings: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.CatchClause,
]);

const opensScope = (node: ts.Node) => openings.has(node.kind);

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
