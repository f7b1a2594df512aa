import type { SyntaxNode } from '@lezer/common';
import type { WireResult } from '../../../manifest/change.ts';
import { applyEdits, type Edit, lineStart, nextLine } from '../../python/edit.ts';
import { parsePython, type Source } from '../../python/parse.ts';
import { removeImport, removeItem, removeStatement } from '../../python/remove.ts';
import { undeclaredNames } from '../../python/scopes.ts';
import {
  type Include,
  includesIn,
  type Known,
  type RouterName,
  routersNamed,
  usesOf,
} from './routers.ts';

type Removal = Edit | { reason: string };

/** Takes the router of an endpoint out of the file of all routes. */
export function unwireRoutes(text: string | undefined, route: RouterName): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parsePython(text);
  if (!source) return unparsed(text, route);
  const known = routersNamed(source, route);
  if (known.length === 0) return { status: 'already' };
  const uses = known.flatMap((each) => usesOf(source, each.expression));
  const nodes = [...known.map(({ statement }) => statement), ...uses];
  const manual = (reason: string): WireResult => ({
    status: 'manual',
    reason,
    snippet: linesAround(text, nodes),
  });
  const removals = [
    ...uses.map((use) => removeUse(source, use)),
    ...known.map((each) => removeName(source, each, known)),
  ];
  const edits: Edit[] = [];
  for (const removal of removals) {
    if ('reason' in removal) return manual(removal.reason);
    if (!edits.some(({ from, to }) => from === removal.from && to === removal.to)) {
      edits.push(removal);
    }
  }
  if (overlap(edits)) return manual(OTHER);
  const edited = applyEdits(text, edits);
  return isWithout(edited, source, route) ? { status: 'wired', text: edited } : manual(OTHER);
}

const OTHER = 'it cannot be removed without changing other code';

const overlap = (edits: readonly Edit[]) =>
  edits.some((one, at) =>
    edits.slice(at + 1).some((two) => one.from < two.to && two.from < one.to),
  );

/** Whether the router is gone, and no name with it that is needed. */
function isWithout(edited: string, before: Source, route: RouterName): boolean {
  const source = parsePython(edited);
  if (!source || routersNamed(source, route).length > 0) return false;
  const known = undeclaredNames(before);
  return [...undeclaredNames(source)].every((name) => known.has(name));
}

function removeUse(source: Source, use: SyntaxNode): Removal {
  const { text } = source;
  const include = includesIn(source).find(({ router }) => router && isSame(router, use));
  if (include) return removeInclude(text, include);
  const isItem = ['ArrayExpression', 'TupleExpression', 'ParenthesizedExpression'].includes(
    use.parent?.name ?? '',
  );
  if (isItem) return removeItem(text, use);
  return { reason: `${text.slice(use.from, use.to)} is used for something else too` };
}

const isSame = (one: SyntaxNode, other: SyntaxNode) =>
  one.from === other.from && one.to === other.to;

const removeInclude = (text: string, { statement }: Include): Removal =>
  statement ? removeStatement(text, statement) : { reason: OTHER };

/** The import of one name, or its part of an import of several. */
function removeName(
  { text }: Source,
  { statement, taken, alias, module }: Known,
  all: Known[],
): Removal {
  const names = statement.getChildren(',');
  const kin = all.filter((each) => isSame(each.statement, statement));
  const isWhole = names.length < kin.length || !hasOthers(statement, text, kin.length);
  if (isWhole) return removeImport(text, statement);
  if (!taken) return { reason: `${module.text} is imported together with others` };
  return removeItem(text, taken, alias);
}

/** Whether a statement imports more names than that. */
function hasOthers(statement: SyntaxNode, text: string, count: number): boolean {
  const list = text.slice(statement.from, statement.to).replace(/^[\s\S]*?\bimport\b/, '');
  const names = list.replace(/#.*$/gm, '').replace(/[()]/g, '').split(',');
  return names.filter((name) => name.trim() !== '').length > count;
}

/** The lines of a file that cannot be parsed, if they mention the endpoint. */
export function unparsed(text: string, { name, module }: RouterName): WireResult {
  const mention = new RegExp(`\\b(?:${name}|${module.replaceAll('.', '\\.')})\\b`);
  const lines = text.split(/\r?\n/).filter((line) => mention.test(line));
  if (lines.length === 0) return { status: 'already' };
  return { status: 'manual', reason: 'the file has syntax errors', snippet: lines.join('\n') };
}

/** The whole lines of the statements around nodes, each once, in the order of the file. */
export function linesAround(text: string, nodes: readonly SyntaxNode[]): string {
  const lines = new Map<number, string>();
  for (const node of nodes.map(statementAround)) {
    const end = node.from + text.slice(node.from, node.to).trimEnd().length;
    for (let at = lineStart(text, node.from); at < end; at = nextLine(text, at)) {
      lines.set(at, text.slice(at, nextLine(text, at)).replace(/\r?\n$/, ''));
    }
  }
  return [...lines]
    .sort(([one], [other]) => one - other)
    .map(([, line]) => line)
    .join('\n');
}

/** The simple statement around a node, or the node itself where that is a block. */
function statementAround(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  if (!parent || /^(?:Script|Body|ForStatement|IfStatement)$/.test(parent.name)) return node;
  return statementAround(parent);
}
