import { ts } from 'ts-morph';
import { parseSource } from './parse.ts';
import { textOf } from './positions.ts';
import { declarationsNamed, isReference, readScopes, resolveName } from './scope.ts';

/**
 * Whether a merged file may be written: it parses, declares nothing twice, and uses no name whose
 * declaration the merge removed. A merge by git may have broken the file before: whatever this merge
 * started from, no name may be missing that one of the `generated` texts declares.
 */
export function isSoundFile(
  path: string,
  text: string,
  mergedFrom: readonly string[] = [],
  generated: readonly string[] = [],
): boolean {
  if (/\.[cm]?[jt]s$/.test(path)) {
    if (!isSoundTypeScript(text)) return false;
    if (generated.length > 0 && missesName(text, generated)) return false;
    return mergedFrom.length === 0 || losesNoName(text, mergedFrom);
  }
  if (!/\.jsonc?$/.test(path)) return true;
  // TypeScript allows comments and trailing commas in its settings.
  const isStrict = path.endsWith('.json') && !/(^|\/)tsconfig[^/]*$/.test(path);
  return (!isStrict || isJson(text)) && isSoundTypeScript(`(${withoutBom(text)}\n)`);
}

/**
 * Whether a text parses and has no duplicates: of the names of a scope, of exports, of the members of an
 * object, a type or a class, or of the cases of a switch.
 */
export function isSoundTypeScript(text: string): boolean {
  const source = parseSource(text);
  return source !== undefined && isSound(source);
}

/** Whether each name that the file does not declare is one that a side did not declare either. */
function losesNoName(text: string, sides: readonly string[]): boolean {
  const known = new Set(sides.flatMap(undeclaredNames));
  return undeclaredNames(text).every((name) => known.has(name));
}

/** Whether the file uses a name that it does not declare, and that a generated text declares. */
function missesName(text: string, generated: readonly string[]): boolean {
  const names = undeclaredNames(text);
  if (names.length === 0) return false;
  const sources = generated.flatMap((each) => parseSource(each) ?? []).map(readScopes);
  return names.some((name) => sources.some((scopes) => declarationsNamed(scopes, name).length > 0));
}

function undeclaredNames(text: string): string[] {
  const source = parseSource(text);
  if (!source) return [];
  const scopes = readScopes(source);
  return [...scopes.identifiers].flatMap(([name, all]) =>
    all.some((each) => isReference(each) && !resolveName(scopes, each, name)) ? [name] : [],
  );
}

function isSound(node: ts.Node): boolean {
  // Most nodes of a file are names, which declare nothing.
  if (ts.isIdentifier(node)) return true;
  if (hasTwice(declaredIn(node)) || hasTwice(membersOf(node))) return false;
  return !ts.forEachChild(node, (child) => !isSound(child));
}

/** What a name stands for, and beside what else of that name it may stand. */
const besides = {
  value: ['type', 'namespace'],
  var: ['var', 'type', 'namespace'],
  function: ['overload', 'type', 'namespace'],
  overload: ['overload', 'function', 'type', 'namespace'],
  type: ['value', 'var', 'function', 'overload', 'namespace'],
  both: ['namespace'],
  namespace: ['value', 'var', 'function', 'overload', 'type', 'both', 'namespace'],
  get: ['set'],
  set: ['get'],
} as const satisfies Record<string, readonly string[]>;

type Kind = keyof typeof besides;
type Named = { name: string; kind: Kind };

function hasTwice(all: readonly Named[]): boolean {
  const known = new Map<string, Kind[]>();
  return all.some(({ name, kind }) => {
    const others = known.get(name) ?? [];
    known.set(name, [...others, kind]);
    const allowed: readonly Kind[] = besides[kind];
    return others.some((other) => !allowed.includes(other));
  });
}

function declaredIn(node: ts.Node): Named[] {
  if (ts.isCaseBlock(node)) {
    return node.clauses.flatMap(({ statements }) => statements.flatMap(declaredBy));
  }
  if (!ts.isSourceFile(node) && !ts.isBlock(node) && !ts.isModuleBlock(node)) {
    return ts.isFunctionLike(node) ? parametersOf(node) : [];
  }
  const outer = node.parent && ts.isFunctionLike(node.parent) ? parametersOf(node.parent) : [];
  return [...outer, ...node.statements.flatMap(declaredBy)];
}

function parametersOf({ parameters }: ts.SignatureDeclaration): Named[] {
  return parameters.flatMap(({ name }) => boundBy(name, 'var'));
}

function declaredBy(node: ts.Statement): Named[] {
  if (ts.isVariableStatement(node)) {
    const { declarations, flags } = node.declarationList;
    const kind = (flags & ts.NodeFlags.BlockScoped) === 0 ? 'var' : 'value';
    return declarations.flatMap(({ name }) => boundBy(name, kind));
  }
  if (ts.isImportDeclaration(node)) return importedBy(node);
  if (ts.isExportDeclaration(node)) return exportedBy(node);
  if (ts.isExportAssignment(node)) return [{ name: 'export default', kind: 'both' }];
  if (ts.isFunctionDeclaration(node)) {
    return named(node.name, node.body ? 'function' : 'overload');
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    return named(node.name, 'type');
  }
  if (ts.isModuleDeclaration(node)) return named(node.name, 'namespace');
  return ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isImportEqualsDeclaration(node)
    ? named(node.name, 'both')
    : [];
}

function importedBy({ importClause }: ts.ImportDeclaration): Named[] {
  const bindings = importClause?.namedBindings;
  const names = bindings && (ts.isNamedImports(bindings) ? [...bindings.elements] : [bindings]);
  return [importClause, ...(names ?? [])].flatMap((each) => named(each?.name, 'both'));
}

function exportedBy({ exportClause }: ts.ExportDeclaration): Named[] {
  if (!exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name }) => ({
    name: `export ${name.text}`,
    kind: 'both',
  }));
}

function boundBy(name: ts.BindingName, kind: Kind): Named[] {
  if (ts.isIdentifier(name)) return [{ name: name.text, kind }];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundBy(element.name, kind) : [],
  );
}

function membersOf(node: ts.Node): Named[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(memberOf);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node) || ts.isClassLike(node)) {
    return [...node.members].flatMap(memberOf);
  }
  if (ts.isEnumDeclaration(node)) return node.members.flatMap(memberOf);
  if (!ts.isCaseBlock(node)) return [];
  return node.clauses.map((clause) => ({
    name: ts.isCaseClause(clause) ? `case ${textOf(clause.expression)}` : 'default',
    kind: 'both',
  }));
}

function memberOf(
  node: ts.ObjectLiteralElementLike | ts.TypeElement | ts.ClassElement | ts.EnumMember,
): Named[] {
  const isStatic =
    ts.canHaveModifiers(node) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const place = isStatic ? 'static ' : '';
  return named(node.name, kindOfMember(node)).map(({ name, kind }) => ({
    name: place + name,
    kind,
  }));
}

function kindOfMember(node: ts.Node): Kind {
  if (ts.isGetAccessorDeclaration(node)) return 'get';
  if (ts.isSetAccessorDeclaration(node)) return 'set';
  if (ts.isMethodSignature(node)) return 'overload';
  if (ts.isMethodDeclaration(node)) return node.body ? 'function' : 'overload';
  return 'both';
}

function named(name: ts.Node | undefined, kind: Kind): Named[] {
  if (!name) return [];
  if (ts.isPrivateIdentifier(name)) return [{ name: textOf(name), kind }];
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)
    ? [{ name: name.text, kind }]
    : [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(withoutBom(text));
    return true;
  } catch {
    return false;
  }
}

const withoutBom = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text);
