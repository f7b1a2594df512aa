import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { addImport } from './add-import.ts';
import { findImport } from './imports.ts';
import { applyInsertions, type Insertion } from './insert.ts';
import { mentions } from './mentions.ts';
import { parseAgain, parseSource } from './parse.ts';
import type { Keyword } from './place-import.ts';
import type { Removal } from './remove.ts';
import { readScopes, type Scopes } from './scope.ts';

/** What the braces say of an endpoint: a property, and what it is made of, which is imported. */
export type Entry = { name: string; value: string; from: string };

export type Property = ts.Node & { name?: ts.PropertyName | undefined };

/** Braces with a property for each endpoint: an object of services, a type of tables. */
export type Braces<B extends ts.Node, P extends Property> = {
  importedBy: Keyword;
  /** Where a property goes that is added by hand, and the sign that ends it. */
  place: string;
  end: ',' | ';';
  find(source: ts.SourceFile, scopes: Scopes): B | { reason: string };
  propertiesOf(braces: B): ts.NodeArray<P>;
  /** What stands behind the colon: in these braces, or in most. */
  codeOf(value: string, at?: { braces: B; scopes: Scopes }): string | { reason: string };
  add(source: ts.SourceFile, braces: B, name: string, code: string): Insertion[];
  remove(text: string, braces: B, property: P): Removal[];
  /** What is wrong with a property that has the name and another value, or the value alone. */
  notMadeOf(value: string): string;
  foundElsewhere(value: string, property: P): string;
  /** What would be left behind, and what is said of it. */
  leftBehind(source: ts.SourceFile, entry: Entry): { nodes: ts.Node[]; reason: string };
};

/** The property of a name, with or without quotes. */
export function propertyNamed<P extends Property>(
  properties: ts.NodeArray<P>,
  name: string,
): P | undefined {
  return properties.find(
    ({ name: key }) =>
      key && (ts.isIdentifier(key) || ts.isStringLiteral(key)) && key.text === name,
  );
}

/** Adds the property of an endpoint to the braces that hold those of all. */
export function wireBraces<B extends ts.Node, P extends Property>(
  text: string | undefined,
  entry: Entry,
  kind: Braces<B, P>,
): WireResult {
  const { name, from } = entry;
  const wanted = { name: entry.value, from };
  const manual = (reason: string, value = entry.value, code = kind.codeOf(value)): WireResult => {
    const importLines = [
      '// with the imports',
      `${kind.importedBy} { ${value} } from '${from}';`,
      '',
    ];
    const line = `${name}: ${typeof code === 'string' ? code : value}${kind.end}`;
    const lines = [...(value === entry.value ? importLines : []), kind.place, line];
    return { status: 'manual', reason, snippet: lines.join('\n') };
  };
  if (text === undefined) return manual('the file is missing: restore it first');
  const source = parseSource(text);
  if (!source) return manual('the file has syntax errors, so it was left alone');

  const scopes = readScopes(source);
  const braces = kind.find(source, scopes);
  if ('reason' in braces) return manual(braces.reason);
  const imported = findImport(source, scopes, wanted);
  if (imported.status === 'taken') return manual(imported.reason);
  const value = imported.status === 'imported' ? imported.expression : entry.value;
  const code = kind.codeOf(value, { braces, scopes });
  if (typeof code !== 'string') return manual(code.reason, value);

  const properties = kind.propertiesOf(braces);
  const property = propertyNamed(properties, name);
  if (property && !mentions(scopes, property, value, imported)) {
    const reason = `the property ${name} is there, but ${kind.notMadeOf(value)}`;
    return manual(reason, value, code);
  }
  const other = properties.find((each) => mentions(scopes, each, value, imported));
  if (!property && other) return manual(kind.foundElsewhere(value, other), value, code);
  if (property && imported.status === 'imported') return { status: 'already' };

  const insertions = [
    ...(imported.status === 'missing' ? [addImport(source, wanted, kind.importedBy)] : []),
    ...(property ? [] : kind.add(source, braces, name, code)),
  ];
  const edited = applyInsertions(text, insertions);
  return isWired(parseAgain(source, insertions), entry, kind)
    ? { status: 'wired', text: edited }
    : manual('no place was found where the property could be added safely', value, code);
}

function isWired<B extends ts.Node, P extends Property>(
  source: ts.SourceFile | undefined,
  { name, value, from }: Entry,
  kind: Braces<B, P>,
): boolean {
  if (!source) return false;
  const scopes = readScopes(source);
  const braces = kind.find(source, scopes);
  const imported = findImport(source, scopes, { name: value, from });
  if ('reason' in braces || imported.status !== 'imported') return false;
  const property = propertyNamed(kind.propertiesOf(braces), name);
  return property !== undefined && mentions(scopes, property, imported.expression, imported);
}
