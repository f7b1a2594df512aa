import type { SyntaxNode } from '@lezer/common';

type Text = { text: string; root: SyntaxNode };

/** What goes on with a statement, on a line of its own. */
const clauses = new Set(['else', 'elif', 'except', 'finally', 'case', 'Decorator', 'Body']);
const definitions = new Set(['FunctionDefinition', 'ClassDefinition']);

/**
 * Whether all statements of a block are indented alike, deeper than what the block belongs to, and the
 * clauses of a statement like the statement. The parser forgives other indentation.
 */
export function isIndented({ text, root }: Text): boolean {
  const isSound = (node: SyntaxNode, indent: string): boolean => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'Comment' || child.name === ':') continue;
      const own = indentOf(text, child);
      if (own !== undefined && own !== indent) return false;
      if (!hasSoundBlocks(child, indent)) return false;
    }
    return true;
  };
  /** The blocks inside of a statement, its clauses and decorators. */
  const hasSoundBlocks = (statement: SyntaxNode, indent: string): boolean => {
    for (let child = statement.firstChild; child; child = child.nextSibling) {
      const own = indentOf(text, child);
      const isClause = clauses.has(child.name) || definitions.has(child.name);
      if (own !== undefined && isClause && own !== indent) return false;
      if (definitions.has(child.name) && !hasSoundBlocks(child, indent)) return false;
      if (child.name !== 'Body' && child.name !== 'MatchBody') {
        if (child.name === 'MatchClause' && !hasSoundBlocks(child, indent)) return false;
        continue;
      }
      const first = firstLine(text, child);
      if (first === undefined) continue;
      if (!(first.startsWith(indent) && first.length > indent.length)) return false;
      if (!isSound(child, first)) return false;
    }
    return true;
  };
  return isSound(root, '');
}

/** The indentation of the first statement of a block that begins a line; undefined where none does. */
function firstLine(text: string, body: SyntaxNode): string | undefined {
  for (let child = body.firstChild; child; child = child.nextSibling) {
    if (child.name === 'Comment' || child.name === ':') continue;
    const indent = indentOf(text, child);
    if (indent !== undefined) return indent;
  }
  return undefined;
}

/** What stands before a node on its line; undefined where that is more than white space. */
function indentOf(text: string, { from }: SyntaxNode): string | undefined {
  const start = Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)) + 1;
  const before = text.slice(start, from).replace(/^\uFEFF/, '');
  return /^[ \t\f]*$/.test(before) ? before.replaceAll('\f', '') : undefined;
}
