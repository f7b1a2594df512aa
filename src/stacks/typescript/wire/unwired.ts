import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { lineStart } from './insert.ts';
import { parseSource } from './parse.ts';
import { startOf } from './positions.ts';
import { applyRemovals, holdsComment, isUnderDirective, type Removal } from './remove.ts';

/** What a removal found: the nodes that mention the endpoint, and how to remove them. */
export type Found = {
  /** The imports and the uses, to show which lines to remove by hand. */
  nodes: ts.Node[];
  removals: Removal[] | { reason: string };
};

/** The text without what was found, or the lines to remove by hand. */
export function unwired(
  text: string,
  { nodes, removals }: Found,
  isGone: (source: ts.SourceFile) => boolean,
): WireResult {
  const manual = (reason: string): WireResult => ({
    status: 'manual',
    reason,
    snippet: linesAround(text, nodes),
  });
  if ('reason' in removals) return manual(removals.reason);
  if (removals.some((removal) => holdsComment(text, removal))) {
    return manual('the code to remove contains a comment');
  }
  if (nodes.some((node) => isUnderDirective(text, whole(node)))) {
    return manual('a linter or compiler comment above belongs to the code to remove');
  }
  const edited = applyRemovals(text, removals);
  const source = parseSource(edited);
  return source && isGone(source)
    ? { status: 'wired', text: edited }
    : manual('it cannot be removed without changing other code');
}

/** The lines of a file that cannot be parsed, if they mention one of these texts. */
export function unwiredUnparsed(text: string, mentions: readonly string[]): WireResult {
  const lines = text.split(/\r?\n/).filter((line) => mentions.some((each) => line.includes(each)));
  if (lines.length === 0) return { status: 'already' };
  const reason = 'the file has syntax errors';
  return { status: 'manual', reason, snippet: lines.join('\n') };
}

/** The whole lines of nodes, each once, in the order of the file. */
function linesAround(text: string, nodes: readonly ts.Node[]): string {
  const lines = new Map<number, string>();
  for (const node of nodes.map(whole)) {
    for (let at = lineStart(text, startOf(node)); at < node.end; ) {
      const end = text.indexOf('\n', at);
      const next = end === -1 ? text.length + 1 : end + 1;
      lines.set(at, text.slice(at, next - 1).replace(/\r$/, ''));
      at = next;
    }
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([, line]) => line)
    .join('\n');
}

/** The innermost statement or property around a node. */
function whole(node: ts.Node): ts.Node {
  return ts.isStatement(node) || ts.isTypeElement(node) || ts.isSourceFile(node.parent)
    ? node
    : whole(node.parent);
}
