import { ts } from 'ts-morph';

/** The tree of a file, or undefined when the file has syntax errors. */
export function parseSource(text: string): ts.SourceFile | undefined {
  const source = ts.createSourceFile('shared.ts', text, ts.ScriptTarget.Latest, true);
  return hasNoErrors(source) ? source : undefined;
}

// The parser leaves its findings on the tree; the public way to them is a whole Program, 20 ms more.
function hasNoErrors(source: ts.SourceFile): boolean {
  return (
    'parseDiagnostics' in source &&
    Array.isArray(source.parseDiagnostics) &&
    source.parseDiagnostics.length === 0
  );
}

/** Every node below `root` that the test accepts, in the order of the text. */
export function findAll<T extends ts.Node>(
  root: ts.Node,
  accepts: (node: ts.Node) => node is T,
): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (accepts(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
