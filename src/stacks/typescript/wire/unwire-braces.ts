import type { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { type Braces, type Entry, type Property, propertyNamed } from './braces.ts';
import { contains } from './expressions.ts';
import { parseSource } from './parse.ts';
import { bindingsOf, meantBy, removeBindings, usesOf } from './remove-import.ts';
import { readScopes } from './scope.ts';
import { type Found, unwired, unwiredUnparsed } from './unwired.ts';

/** Takes the property of an endpoint out of the braces that hold those of all. */
export function unwireBraces<B extends ts.Node, P extends Property>(
  text: string | undefined,
  entry: Entry,
  kind: Braces<B, P>,
): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parseSource(text);
  if (!source) return unwiredUnparsed(text, [entry.value, entry.from]);
  const found = findEntry(source, entry, kind);
  if (found.nodes.length === 0) return { status: 'already' };
  return unwired(text, found, (edited) => findEntry(edited, entry, kind).nodes.length === 0);
}

function findEntry<B extends ts.Node, P extends Property>(
  source: ts.SourceFile,
  entry: Entry,
  kind: Braces<B, P>,
): Found {
  const { name, value, from } = entry;
  const scopes = readScopes(source);
  const bindings = bindingsOf(source, { name: value, from });
  const uses = usesOf(bindings, scopes, value);
  const others = kind.leftBehind(source, entry);
  const braces = kind.find(source, scopes);
  const property = 'reason' in braces ? undefined : propertyNamed(kind.propertiesOf(braces), name);
  const declarations = bindings.map(({ declaration }) => declaration);
  const nodes = [...declarations, ...(property ? [property] : []), ...uses, ...others.nodes];
  const imports = removeBindings(source, bindings);
  const isIn = (use: ts.Identifier) =>
    property !== undefined && contains(property, use) && meantBy(use, bindings) !== undefined;

  if ('reason' in imports) return { nodes, removals: imports };
  const reason =
    others.nodes.length > 0
      ? others.reason
      : !uses.every(isIn)
        ? `${value} is used for something else than the property ${name}`
        : property && uses.length === 0
          ? `the property ${name} is there, but ${kind.notMadeOf(value)}`
          : undefined;
  if (reason) return { nodes, removals: { reason } };
  const own = property && !('reason' in braces) ? kind.remove(source.text, braces, property) : [];
  return { nodes, removals: [...imports, ...own] };
}
