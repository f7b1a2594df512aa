import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { contains } from './expressions.ts';
import { findAll, parseSource } from './parse.ts';
import { startOf } from './positions.ts';
import { type Removal, removeCode } from './remove.ts';
import { bindingsOf, meantBy, otherMentions, removeBindings, usesOf } from './remove-import.ts';
import { readScopes } from './scope.ts';
import { findTables, type Members, memberNamed } from './table-members.ts';
import { type Found, unwired, unwiredUnparsed } from './unwired.ts';

type Table = { name: string; type: string; from: string };

/** Removes a table from the type that lists every table of the database. */
export function unwireTables(text: string | undefined, table: Table): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parseSource(text);
  if (!source) return unwiredUnparsed(text, [table.type, table.from]);
  const found = findTable(source, table);
  if (found.nodes.length === 0) return { status: 'already' };
  return unwired(text, found, (edited) => findTable(edited, table).nodes.length === 0);
}

function findTable(source: ts.SourceFile, table: Table): Found {
  const bindings = bindingsOf(source, { name: table.type, from: table.from });
  const uses = usesOf(bindings, readScopes(source), table.type);
  const others = [...otherMentions(source, table.from), ...keysNamed(source, table.name)];
  const tables = findTables(source);
  const member = 'reason' in tables ? undefined : memberNamed(tables, table.name);
  const declarations = bindings.map(({ declaration }) => declaration);
  const nodes = [...declarations, ...(member ? [member] : []), ...uses, ...others];
  const imports = removeBindings(source, bindings);
  const isIn = (use: ts.Identifier) =>
    member !== undefined && contains(member, use) && meantBy(use, bindings) !== undefined;

  if ('reason' in imports) return { nodes, removals: imports };
  const reason =
    others.length > 0
      ? `${table.name} is used otherwise than by its property`
      : !uses.every(isIn)
        ? `${table.type} is used outside of the property ${table.name}`
        : member && uses.length === 0
          ? `the property ${table.name} exists, but its type is not ${table.type}`
          : undefined;
  if (reason) return { nodes, removals: { reason } };
  const own = member && !('reason' in tables) ? removeMember(source.text, tables, member) : [];
  return { nodes, removals: [...imports, ...own] };
}

/** Types that name the table: `Tables['posts']`, `Pick<Tables, 'posts'>`. */
function keysNamed(source: ts.SourceFile, name: string): ts.Node[] {
  return findAll(source, ts.isLiteralTypeNode).filter(
    ({ literal }) => ts.isStringLiteral(literal) && literal.text === name,
  );
}

function removeMember(text: string, { members, end }: Members, member: ts.TypeElement): Removal[] {
  const removal = removeCode(text, startOf(member), member.end);
  const close = end - 1;
  const inside = text.slice(members.pos, removal.start) + text.slice(removal.end, close);
  // Braces with only a line break in them are closed as the formatter does.
  if (/^\r?\n[ \t]*$/.test(inside)) return [{ start: members.pos, end: close }];
  const previous = members[members.indexOf(member) - 1];
  const isLast = members.at(-1) === member;
  if (!previous || !isLast || isSeparated(text, member) || !isSeparated(text, previous)) {
    return [removal];
  }
  return [{ start: previous.end - 1, end: previous.end }, removal];
}

function isSeparated(text: string, member: ts.TypeElement): boolean {
  return /[;,]/.test(text[member.end - 1] ?? '');
}
