import { ts } from 'ts-morph';
import { applyInsertions, backToFront, type Insertion } from './insert.ts';

/** The tree of a file, or undefined when the file has syntax errors. */
export function parseSource(text: string): ts.SourceFile | undefined {
  const source = ts.createSourceFile('shared.ts', text, ts.ScriptTarget.Latest, true);
  return hasNoErrors(source) ? source : undefined;
}

/**
 * The tree of a file after insertions. Only the changed parts are parsed, and the tree from before must
 * not be used any more.
 */
export function parseAgain(
  source: ts.SourceFile,
  insertions: readonly Insertion[],
): ts.SourceFile | undefined {
  const done = backToFront(insertions).reduce((before, insertion) => {
    const span = { start: insertion.at, length: 0 };
    const change = { span, newLength: insertion.text.length };
    return ts.updateSourceFile(before, applyInsertions(before.text, [insertion]), change);
  }, source);
  return hasNoErrors(done) ? done : undefined;
}

// The parser stores its errors in the tree. The public way to read them needs a Program, which costs 20 ms.
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
