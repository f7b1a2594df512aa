import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { type Entry, propertyNamed } from './braces.ts';
import { findServices } from './find-services.ts';
import { isModule, type Wanted, withoutExtension } from './imports.ts';
import { findAll, parseSource } from './parse.ts';
import { type Keyword, placeImport } from './place-import.ts';
import { startOf } from './positions.ts';
import { bindingsOf } from './remove-import.ts';
import { declarationsNamed, readScopes, references, type Scopes } from './scope.ts';
import { findTables } from './table-members.ts';

type Rename = { before: Wanted; after: Wanted; keyword: Keyword };
type Edit = { start: number; end: number; text: string };

/** Gives the routes of an endpoint another name in the file that mounts them; their place stays. */
export function renameRoutes(text: string | undefined, before: Wanted, after: Wanted): WireResult {
  return renamed(text, { before, after, keyword: 'import' }, () => []);
}

/** Gives a table another name in the type that lists them all; its place stays. */
export function renameTable(text: string | undefined, before: Entry, after: Entry): WireResult {
  return renamed(
    text,
    { before: wanted(before), after: wanted(after), keyword: 'import type' },
    (source) => {
      const tables = findTables(source);
      const member = 'reason' in tables ? undefined : propertyNamed(tables.members, before.name);
      const keys = findAll(source, ts.isLiteralTypeNode).map(({ literal }) => literal);
      return [...(member?.name ? [member.name] : []), ...keys].flatMap((node) =>
        (ts.isIdentifier(node) || ts.isStringLiteral(node)) && node.text === before.name
          ? [inside(node, after.name)]
          : [],
      );
    },
  );
}

/** Gives the service of an endpoint another name in the object that holds them all; its place stays. */
export function renameService(text: string | undefined, before: Entry, after: Entry): WireResult {
  return renamed(
    text,
    { before: wanted(before), after: wanted(after), keyword: 'import' },
    (source) => {
      const services = findServices(source, readScopes(source));
      const property =
        'reason' in services ? undefined : propertyNamed(services.properties, before.name);
      const key = property && ts.isPropertyAssignment(property) ? property.name : undefined;
      return key && (ts.isIdentifier(key) || ts.isStringLiteral(key))
        ? [inside(key, after.name)]
        : [];
    },
  );
}

const wanted = ({ value, from }: Entry): Wanted => ({ name: value, from });

function renamed(
  text: string | undefined,
  { before, after, keyword }: Rename,
  more: (source: ts.SourceFile) => Edit[],
): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parseSource(text);
  if (!source) return unparsed(text, before, after);
  const scopes = readScopes(source);
  const own = [...moduleEdits(source, before, after), ...nameEdits(source, scopes, before, after)];
  const edits = [...own, ...more(source)];
  if (edits.length === 0) return { status: 'already' };
  const edited = applyEdits(text, edits);
  const manual = (reason: string): WireResult => ({
    status: 'manual',
    reason,
    snippet: linesOf(source, edited, edits),
  });
  if (declarationsNamed(scopes, after.name).length > 0) {
    return manual(`the name ${after.name} is already declared in this file`);
  }
  const next = parseSource(edited);
  if (!next || bindingsOf(next, after).length !== bindingsOf(source, before).length) {
    return manual(`${before.name} could not be renamed for sure`);
  }
  const wasInOrder = placeImport(text, before, keyword) === text;
  return { status: 'wired', text: (wasInOrder && placeImport(edited, after, keyword)) || edited };
}

/** Every text that names the module: an import, an export, whatever loads it later. */
function moduleEdits(source: ts.SourceFile, before: Wanted, after: Wanted): Edit[] {
  const [path, next] = [before, after].map(({ from }) =>
    withoutExtension(from).replace(/^(\.{1,2}\/)+/, ''),
  );
  return findAll(source, ts.isStringLiteral)
    .filter(({ text }) => isModule(text, before.from))
    .map((literal) => inside(literal, literal.text.replace(path ?? '', next ?? '')));
}

function nameEdits(source: ts.SourceFile, scopes: Scopes, before: Wanted, after: Wanted): Edit[] {
  const imported = bindingsOf(source, before).flatMap(({ declaration, member }) => {
    const uses = references(declaration, scopes);
    if (member !== undefined) return uses.flatMap((use) => memberEdits(use, before, after));
    if (ts.isImportEqualsDeclaration(declaration) || ts.isNamespaceImport(declaration)) return [];
    const alias = ts.isImportSpecifier(declaration) ? declaration.propertyName : undefined;
    const name = alias ?? declaration.name;
    if (name?.text !== before.name) return [];
    return [
      { start: startOf(name), end: name.end, text: after.name },
      ...(alias ? [] : uses.map((use) => useEdit(use, after.name))),
    ];
  });
  const exported = findAll(source, ts.isExportSpecifier).filter(
    ({ parent: { parent }, name, propertyName }) =>
      parent.moduleSpecifier !== undefined &&
      ts.isStringLiteral(parent.moduleSpecifier) &&
      isModule(parent.moduleSpecifier.text, before.from) &&
      (propertyName ?? name).text === before.name,
  );
  return [...imported, ...exported.map((specifier) => exportEdit(specifier, after.name))];
}

/** A name that is a property or an export as well keeps that one. */
function useEdit(use: ts.Identifier, name: string): Edit {
  const { parent } = use;
  if (ts.isExportSpecifier(parent)) return exportEdit(parent, name);
  const text = ts.isShorthandPropertyAssignment(parent) ? `${use.text}: ${name}` : name;
  return { start: startOf(use), end: use.end, text };
}

function exportEdit(specifier: ts.ExportSpecifier, name: string): Edit {
  const exported = specifier.name.text;
  const text = exported === name ? name : `${name} as ${exported}`;
  return { start: startOf(specifier), end: specifier.end, text };
}

function memberEdits({ parent }: ts.Identifier, before: Wanted, after: Wanted): Edit[] {
  const member = ts.isPropertyAccessExpression(parent)
    ? parent.name
    : ts.isQualifiedName(parent)
      ? parent.right
      : undefined;
  return member?.text === before.name
    ? [{ start: startOf(member), end: member.end, text: after.name }]
    : [];
}

/** What a name or a text is replaced by; quotes stay. */
function inside(node: ts.Identifier | ts.StringLiteral, text: string): Edit {
  const quote = ts.isStringLiteral(node) ? 1 : 0;
  return { start: startOf(node) + quote, end: node.end - quote, text };
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (done, { start, end, text: next }) => done.slice(0, start) + next + done.slice(end),
      text,
    );
}

/** The lines as they should be, each once: none of the edits adds one. */
function linesOf(source: ts.SourceFile, edited: string, edits: readonly Edit[]): string {
  const lines = edited.split(/\r?\n/);
  const numbers = edits.map(({ start }) => source.text.slice(0, start).split('\n').length - 1);
  const sorted = [...new Set(numbers)].sort((one, other) => one - other);
  return sorted.map((number) => lines[number]).join('\n');
}

/** The lines of a file that cannot be parsed, as they should be. */
function unparsed(text: string, before: Wanted, after: Wanted): WireResult {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(before.name));
  if (lines.length === 0) return { status: 'already' };
  const snippet = lines
    .map((line) => line.replaceAll(before.name, after.name).replace(before.from, after.from))
    .join('\n');
  return { status: 'manual', reason: 'the file has syntax errors, so it was left alone', snippet };
}
