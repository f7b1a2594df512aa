import type { SyntaxNode } from '@lezer/common';
import { childrenOf, findAll, type Source } from './parse.ts';

/** One name that a statement imports. */
export type Imported = {
  statement: SyntaxNode;
  /** The module as it is written, dots in front included, and where it stands. */
  module: { text: string; from: number; to: number };
  /** What is taken of it; undefined where the module itself is imported. */
  taken: SyntaxNode | undefined;
  /** What the file calls it: all of `a.b` where `import a.b` has no other name. */
  local: string;
  /** The node of the name that the import gives it by `as`, if any. */
  alias: SyntaxNode | undefined;
  /** Whether it is there when the program runs. */
  isForTypes: boolean;
};

/** Every name that a file imports, wherever it does. */
export function importsIn({ root, text }: Source): Imported[] {
  return findAll(root, ({ name }) => name === 'ImportStatement').flatMap((statement) => {
    const words = childrenOf(statement);
    const start = words.findIndex(({ name }) => name === 'import');
    const read = (node: SyntaxNode) => text.slice(node.from, node.to);
    const isForTypes = isTypeChecking(statement, text);
    const parts = partsOf(words.slice(start + 1));
    if (words[0]?.name !== 'from') {
      return parts.flatMap(({ nodes, alias }): Imported[] => {
        const [first, last] = [nodes[0], nodes.at(-1)];
        if (!first || !last) return [];
        const module = { text: text.slice(first.from, last.to), from: first.from, to: last.to };
        const local = alias ? read(alias) : module.text;
        return [{ statement, module, taken: undefined, local, alias, isForTypes }];
      });
    }
    const [first, last] = [words[1], words[start - 1]];
    if (!first || !last) return [];
    const module = { text: text.slice(first.from, last.to), from: first.from, to: last.to };
    return parts.flatMap(({ nodes, alias }): Imported[] => {
      const [taken] = nodes;
      if (taken?.name !== 'VariableName') return [];
      return [{ statement, module, taken, local: read(alias ?? taken), alias, isForTypes }];
    });
  });
}

type Part = { nodes: SyntaxNode[]; alias: SyntaxNode | undefined };

/** What stands between commas: the words of a name, and its other name. */
function partsOf(words: readonly SyntaxNode[]): Part[] {
  const parts: Part[] = [{ nodes: [], alias: undefined }];
  let isAlias = false;
  for (const word of words) {
    const part = parts.at(-1);
    if (word.name === ',') parts.push({ nodes: [], alias: undefined });
    else if (word.name === 'as') isAlias = true;
    else if (isAlias && part) part.alias = word;
    else if (word.name !== '(' && word.name !== ')') part?.nodes.push(word);
    if (word.name !== 'as') isAlias = false;
  }
  return parts.filter(({ nodes }) => nodes.length > 0);
}

function isTypeChecking(node: SyntaxNode, text: string): boolean {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const condition = at.parent?.name === 'IfStatement' && at.name === 'Body' && at.prevSibling;
    if (condition && /(?:^|\.)TYPE_CHECKING$/.test(text.slice(condition.from, condition.to))) {
      return true;
    }
  }
  return false;
}
