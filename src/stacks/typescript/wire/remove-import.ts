import { ts } from 'ts-morph';
import { isModule, moduleOf, type Wanted } from './imports.ts';
import { lineStart } from './insert.ts';
import { findAll } from './parse.ts';
import { startOf } from './positions.ts';
import { type Removal, removeElement, removeStatement } from './remove.ts';
import { isReference, references, resolveName, type Scopes } from './scope.ts';

/** A local name for what is imported; `member` where it is a namespace that holds it. */
export type Binding = {
  declaration:
    | ts.ImportSpecifier
    | ts.NamespaceImport
    | ts.ImportClause
    | ts.ImportEqualsDeclaration;
  member?: string;
};

/** Every import of a name from its module, under whatever local name. */
export function bindingsOf(source: ts.SourceFile, { name, from }: Wanted): Binding[] {
  return source.statements
    .filter((statement) => isModule(moduleOf(statement) ?? '', from))
    .flatMap((statement): Binding[] => {
      if (ts.isImportEqualsDeclaration(statement)) {
        return [{ declaration: statement, member: name }];
      }
      const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
      const named = clause?.namedBindings;
      const whole: Binding[] = clause?.name ? [{ declaration: clause }] : [];
      if (!named) return whole;
      if (ts.isNamespaceImport(named)) return [...whole, { declaration: named, member: name }];
      const wanted = named.elements.filter((element) =>
        [name, 'default'].includes((element.propertyName ?? element.name).text),
      );
      return [...whole, ...wanted.map((declaration) => ({ declaration }))];
    });
}

/** Every use of the names, or of the bare name where nothing in the file declares it. */
export function usesOf(
  bindings: readonly Binding[],
  scopes: Scopes,
  name: string,
): ts.Identifier[] {
  if (bindings.length > 0) {
    return bindings.flatMap(({ declaration }) => references(declaration, scopes));
  }
  return (scopes.identifiers.get(name) ?? []).filter(
    (id) => isReference(id) && resolveName(scopes, id, name) === undefined,
  );
}

/** What a use means as a whole: the name, or `orders.ordersRoutes` where that is what is imported. */
export function meantBy(use: ts.Identifier, bindings: readonly Binding[]): ts.Node | undefined {
  const binding = bindings.find(({ declaration }) => declaration.name?.text === use.text);
  if (binding?.member === undefined) return use;
  const { parent } = use;
  const member = ts.isPropertyAccessExpression(parent)
    ? parent.name
    : ts.isQualifiedName(parent)
      ? parent.right
      : undefined;
  return member?.text === binding.member ? parent : undefined;
}

/** Mentions of the module that are no import of a name: exported again, loaded later. */
export function otherMentions(source: ts.SourceFile, from: string): ts.Node[] {
  return findAll(source, ts.isStringLiteral).filter((literal) => {
    const parent = literal.parent;
    const imports =
      (ts.isImportDeclaration(parent) && parent.importClause !== undefined) ||
      ts.isExternalModuleReference(parent);
    return !imports && isModule(literal.text, from);
  });
}

/** Takes the names out of their imports, and an import that is left without a name as a whole. */
export function removeBindings(
  source: ts.SourceFile,
  bindings: readonly Binding[],
): Removal[] | { reason: string } {
  const removals: Removal[] = [];
  const gone = new Set<ts.Node>(bindings.map(({ declaration }) => declaration));
  const statements = new Set(bindings.map(({ declaration }) => importAround(declaration)));
  for (const statement of statements) {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    const named = clause?.namedBindings;
    const elements = named && ts.isNamedImports(named) ? named.elements : undefined;
    const left = elements?.filter((element) => !gone.has(element)) ?? [];
    const keepsDefault = clause?.name !== undefined && !gone.has(clause);
    const keepsNamed = elements ? left.length > 0 : named !== undefined && !gone.has(named);
    if (!keepsDefault && !keepsNamed) {
      const removal = removeStatement(statement);
      if ('reason' in removal) return removal;
      const isOnly = source.statements.every((each) => each === statement || !moduleOf(each));
      removals.push(isOnly ? withBlankLine(source.text, removal) : removal);
    } else if (clause?.name && named && keepsDefault !== keepsNamed) {
      removals.push(
        keepsDefault
          ? { start: clause.name.end, end: named.end }
          : { start: startOf(clause.name), end: startOf(named) },
      );
    } else if (elements && left.length === elements.length - 1) {
      const [element] = elements.filter((each) => gone.has(each));
      if (element && named) removals.push(...removeElement(elements, element, named.end - 1));
    } else {
      return { reason: 'is imported more than once by one statement' };
    }
  }
  return removals;
}

/** With the blank line that sets imports apart from what follows, where no import is left. */
function withBlankLine(text: string, { start, end }: Removal): Removal {
  const isWholeLine = text[end - 1] === '\n' && lineStart(text, start) === start;
  const blank = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { start, end: isWholeLine ? end + blank : end };
}

function importAround(node: ts.Node): ts.Statement {
  return ts.isStatement(node) ? node : importAround(node.parent);
}
