import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { isIndented } from './indentation.ts';

/** A parsed file; offsets of its nodes are those of the text. */
export type Source = { text: string; root: SyntaxNode };

/**
 * The tree of a text of Python 3.11 to 3.14; undefined where Python would refuse it. What this
 * forgives in a merged file was tried against the parser of Python itself with thousands of damaged
 * files.
 */
export function parsePython(text: string): Source | undefined {
  return parseLike([], text);
}

/**
 * The same, but that lines are forgiven which other texts have too and which look as wrong there:
 * a person may write what this parser does not know.
 */
export function parseLike(others: readonly string[], text: string): Source | undefined {
  const source = parseAnyway(text);
  const faults = faultyLines(source);
  const isKnown = (line: string) =>
    !/^(?:<{7}|={7}|>{7})/.test(line) &&
    others.some((other) => faultyLines(parseAnyway(other)).includes(line));
  return faults.every(isKnown) && isIndented(source) ? source : undefined;
}

/** The tree of any text; where it is no Python it is a guess. */
export function parseAnyway(text: string): Source {
  const tree: Tree = parser.parse(withoutGaps(text));
  return { text, root: tree.topNode };
}

/** The lines on which something looks wrong. */
function faultyLines({ text, root }: Source): string[] {
  return findAll(root, isFault(text)).map(({ from }) => {
    const start = text.lastIndexOf('\n', from - 1) + 1;
    return text.slice(start, (text.indexOf('\n', from) + 1 || text.length + 1) - 1).trim();
  });
}

/** The nodes that a test is true for, in the order of the file. */
export function findAll(root: SyntaxNode, test: (node: SyntaxNode) => boolean): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((ref) => {
    if (test(ref.node)) found.push(ref.node);
  });
  return found;
}

/** The nodes directly inside one, without comments: those may stand between any two. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/**
 * The parser (1.1.19) knows no bare `yield`, no number that ends with a point, no class pattern
 * without arguments, no form feed, no byte order mark, no star in an index, behind `for` or
 * in the type of `*args`, no template string, no brackets around what `with` opens, and behind its
 * `as` only a name: each becomes something of the same length that it knows.
 */
function withoutGaps(text: string): string {
  return text
    .replace(/^\uFEFF/, '\n')
    .replaceAll('\f', ' ')
    .replace(/\byield(?=[ \t]*(?:[),;#\r\n]|$))/g, 'False')
    .replace(/(?<![\w.])(\d+)\.(?![\w.])/g, '$10')
    .replace(/^[ \t]*case\b.*$/gm, (line) =>
      line.replace(/(?<=\w)\([ \t]*\)/g, (empty) => ' '.repeat(empty.length)),
    )
    .replace(/(?<=\w\[(?:[^[\](){}#'"]*,)?\s*)\*(?=[A-Za-z_])/g, ' ')
    .replace(/(?<=\bfor\s[\w\s,]*)\*(?=\w[\w\s,]*\sin\b)/g, ' ')
    .replace(/(\*\w+[ \t]*:[ \t]*)\*(?=[A-Za-z_])/g, '$1 ')
    .replace(/(?<!\w)([rR]?)[tT](?=[rR]?["'])/g, '$1f')
    .replace(/^[ \t]*(?:async[ \t]+)?with[ \t]*\([\s\S]*?\)[ \t]*:/gm, withoutNames)
    .replace(/^[ \t]*(?:async[ \t]+)?with\b.*/gm, withoutTargets);
}

/** What `with` opens in brackets is a tuple to the parser; its names stand beside. */
const withoutNames = (opened: string) =>
  opened.replace(/([ \t\r\n)])as(?=[ \t]+[A-Za-z_(])/g, '$1, ');

/** The same of a target that is no name. */
const withoutTargets = (opened: string) =>
  opened.replace(/(?<=[\s)\]])as(?=[ \t]*[([]|[ \t]+\w+[.[])/g, ', ');

const isFault = (text: string) => (node: SyntaxNode) => {
  if (node.type.isError) return !isDecorator(node, text);
  if (node.name === 'TryStatement') {
    return !node.getChild('except') && !node.getChild('finally');
  }
  if (/^(?:String|FormatString)$/.test(node.name)) return !isClosed(text.slice(node.from, node.to));
  return node.name === 'ArgList' && hasLatePosition(childrenOf(node));
};

/** Whether it is the end of a decorator that is more than a name: the rest stands behind it. */
function isDecorator({ parent }: SyntaxNode, text: string): boolean {
  const decorated = parent?.name === 'Decorator' ? parent.parent : parent;
  if (decorated?.name !== 'DecoratedStatement') return false;
  const rest = decorated.nextSibling;
  const isOnLine = rest !== null && !text.slice(decorated.from, rest.from).includes('\n');
  return isOnLine && rest.name === 'ExpressionStatement';
}

const isClosed = (literal: string) =>
  /^[a-zA-Z]*("""|'''|"|')[\s\S]*\1$/.test(literal) && !/^[a-zA-Z]*(?:"|'|"""|''')$/.test(literal);

/** Whether an argument without a name stands behind one with a name. */
function hasLatePosition(all: readonly SyntaxNode[]): boolean {
  const first = all.findIndex(({ name }) => name === 'AssignOp');
  if (first === -1) return false;
  return all.some((node, at) => {
    const isArgument = [',', '('].includes(all[at - 1]?.name ?? '');
    const isPlain = !['AssignOp', ')', '*', '**'].includes(node.name);
    return at > first && isArgument && isPlain && all[at + 1]?.name !== 'AssignOp';
  });
}
