import type { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { addImport } from './add-import.ts';
import { findImport } from './imports.ts';
import { applyInsertions } from './insert.ts';
import { addMember, memberLine } from './member.ts';
import { mentions } from './mentions.ts';
import { parseAgain, parseSource } from './parse.ts';
import { textOf } from './positions.ts';
import { readScopes } from './scope.ts';
import { findTables, memberNamed } from './table-members.ts';

type Table = { name: string; type: string; from: string };

/** Adds a table to the type that lists every table of the database. */
export function wireTables(text: string | undefined, table: Table): WireResult {
  const wanted = { name: table.type, from: table.from };
  const importLine = `import type { ${table.type} } from '${table.from}';`;
  const manual = (reason: string, type = table.type): WireResult => {
    const member = `${table.name}: ${type};`;
    const lines = [
      ...(type === table.type ? ['// with the imports', importLine, ''] : []),
      '// in `interface Tables { … }`',
      member,
    ];
    return { status: 'manual', reason, snippet: lines.join('\n') };
  };
  if (text === undefined) return manual('the file is missing: restore it first');
  const source = parseSource(text);
  if (!source) return manual('the file has syntax errors');

  const scopes = readScopes(source);
  const tables = findTables(source);
  if ('reason' in tables) return manual(tables.reason);
  const imported = findImport(source, scopes, wanted);
  if (imported.status === 'taken') return manual(imported.reason);
  const type = imported.status === 'imported' ? imported.expression : table.type;

  const member = memberNamed(tables, table.name);
  if (member && !mentions(scopes, member, type, imported)) {
    return manual(`the property ${table.name} exists, but its type is not ${type}`, type);
  }
  const other = tables.members.find((each) => mentions(scopes, each, type, imported));
  if (!member && other) {
    return manual(
      `${type} is the type of ${other.name ? textOf(other.name) : 'another member'}`,
      type,
    );
  }
  if (member && imported.status === 'imported') return { status: 'already' };

  const insertions = [
    ...(imported.status === 'missing' ? [addImport(source, wanted, 'import type')] : []),
    ...(member ? [] : addMember(source, tables, memberLine(tables, table.name, type))),
  ];
  const edited = applyInsertions(text, insertions);
  return isWired(parseAgain(source, insertions), table)
    ? { status: 'wired', text: edited }
    : manual('no place was found where the property can be added safely', type);
}

function isWired(source: ts.SourceFile | undefined, table: Table): boolean {
  if (!source) return false;
  const scopes = readScopes(source);
  const tables = findTables(source);
  const imported = findImport(source, scopes, { name: table.type, from: table.from });
  if ('reason' in tables || imported.status !== 'imported') return false;
  const member = memberNamed(tables, table.name);
  return member !== undefined && mentions(scopes, member, imported.expression, imported);
}
