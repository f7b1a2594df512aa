import { ts } from 'ts-morph';
import { moduleOf } from './imports.ts';
import { findAll } from './parse.ts';

/** The braces that hold one property per table. */
export type Members = ts.InterfaceDeclaration | ts.TypeLiteralNode;

/** Finds the type that lists the tables: the one named Tables, or the only one it can be. */
export function findTables(source: ts.SourceFile): Members | { reason: string } {
  const types = source.statements.flatMap(membersOf);
  const named = types.filter(({ name }) => name === 'Tables');
  const [tables] = named;
  if (tables && named.length === 1) return tables.members;
  const filled = types.filter(({ members }) => holdsTables(source, members));
  const found = [named, filled, types].find((candidates) => candidates.length > 0) ?? [];
  const narrowed = found.length > 1 ? found.filter((each) => filled.includes(each)) : found;
  const only = narrowed[0];
  if (only && narrowed.length === 1) return only.members;
  const names = found.map(({ name }) => name).join(', ');
  return {
    reason:
      found.length === 0
        ? 'no interface or object type named Tables was found'
        : `several types could list the tables (${names})`,
  };
}

function membersOf(statement: ts.Statement): { name: string; members: Members }[] {
  if (ts.isInterfaceDeclaration(statement)) {
    return [{ name: statement.name.text, members: statement }];
  }
  if (!ts.isTypeAliasDeclaration(statement)) return [];
  return literalsOf(statement.type).map((members) => ({ name: statement.name.text, members }));
}

function literalsOf(type: ts.TypeNode): ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(type)) return [type];
  if (ts.isParenthesizedTypeNode(type)) return literalsOf(type.type);
  return ts.isIntersectionTypeNode(type) ? type.types.flatMap(literalsOf) : [];
}

function holdsTables(source: ts.SourceFile, members: Members): boolean {
  const imports = source.statements.filter((statement) =>
    /modules\/|\.table(\.[cm]?[jt]s)?$/.test(moduleOf(statement) ?? ''),
  );
  const identifiers = imports.flatMap((statement) => findAll(statement, ts.isIdentifier));
  const names = new Set(identifiers.map((name) => name.text));
  return members.members.some((member) =>
    findAll(member, ts.isIdentifier).some((name) => names.has(name.text)),
  );
}
