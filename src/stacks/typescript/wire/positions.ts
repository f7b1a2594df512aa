import { ts } from 'ts-morph';

// The nodes of the bundled compiler lack the methods that a language service adds.

/** Where a node starts, behind the white space and the comments before it. */
export function startOf(node: ts.Node): number {
  return skipTrivia(sourceOf(node).text, node.pos);
}

export function textOf(node: ts.Node): string {
  return sourceOf(node).text.slice(startOf(node), node.end);
}

/** The file that a node belongs to. */
export function sourceOf(node: ts.Node): ts.SourceFile {
  return ts.isSourceFile(node) ? node : sourceOf(node.parent);
}

/** Where the next token begins. */
export function skipTrivia(text: string, position: number): number {
  const trivia = /(?:^#!.*)?(?:[\s\u0085\u200b]+|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = position;
  trivia.exec(text);
  return trivia.lastIndex;
}
