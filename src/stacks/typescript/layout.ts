import { breakCalls } from './layout-calls.ts';
import { codeDoc, signatureDoc } from './layout-code.ts';
import type { Doc } from './layout-doc.ts';
import { group, hardLine, indent, line, print } from './layout-doc.ts';
import type { Node } from './layout-tree.ts';
import { flatText, parseLine } from './layout-tree.ts';

const IMPORT = /^((?:import|export) .*?)\{ (.*) \} ?(from '.*')$/;

/** What may go on over several lines, and what could look as if it began such a thing. */
const PIECES =
  /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;

/**
 * Breaks the lines that are too long as `biome format` would: templates are written with each piece
 * of code on one line, and how long it gets depends on names. Lines that fit are never touched, and
 * nothing that is already broken is joined.
 *
 * It knows imports, exports, signatures, calls, chains, lists, objects, arrow functions that return
 * an expression, choices by `?:` that an arrow leads to, heads of `for … of`, assignments, statements
 * behind a short `if`, and functions and choices as types. Left as they are, so templates must avoid them on lines that may
 * get long: operators elsewhere (`+ && || ?? ?:`), long conditions,
 * type arguments but for a type that is nothing else, intersections, `import()`, a function as the
 * first of several arguments, regular expressions, comments behind code, and a call whose function
 * body begins on the line.
 */
export function layoutTypeScript(text: string, width = 100): string {
  if (!hasLonger(text, width)) return text;
  const broken = breakCalls(text, width);
  const fixed = linesOfPieces(broken);
  return broken
    .split('\n')
    .map((one, at) => (one.length > width && !fixed.has(at) ? layoutLine(one, width) : one))
    .join('\n');
}

function hasLonger(text: string, width: number): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const next = end === -1 ? text.length : end;
    if (next - start > width) return true;
    start = next + 1;
  }
  return false;
}

/** The lines of comments, and of templates that go on over several lines: not code to break. */
function linesOfPieces(text: string): Set<number> {
  const numbers = new Set<number>();
  let first = 0;
  let counted = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    const lines = linesIn(piece);
    if (lines === 1 && !piece.startsWith('/')) continue;
    first += linesIn(text.slice(counted, index)) - 1;
    counted = index;
    for (let at = first; at < first + lines; at++) numbers.add(at);
  }
  return numbers;
}

const linesIn = (text: string) => text.split('\n').length;

function layoutLine(text: string, width: number): string {
  const depth = text.length - text.trimStart().length;
  const [, code = '', end = ''] = /^\s*(.*?)([;,]?)$/s.exec(text) ?? [];
  const doc = code.endsWith('{') ? openDoc(code) : lineDoc(code, end === ';');
  if (doc === undefined) return text;
  const broken = print([doc, end], depth, width);
  return inkOf(broken) === inkOf(text) ? broken : text;
}

/** What must not change by breaking lines: code that we misread stays as it was. */
const inkOf = (text: string) =>
  text
    .replace(/\s+/g, '')
    .replace(/[,;](?=[)\]}])/g, '')
    .replace(/[()]/g, '')
    .replace(/([=:])\|/, '$1');

function lineDoc(code: string, isEnded: boolean): Doc | undefined {
  const [, before, names, after] = IMPORT.exec(code) ?? [];
  if (names !== undefined) return importDoc(`${before}{`, names.split(', '), `} ${after}`);
  const nodes = parseLine(code);
  if (nodes === undefined) return undefined;
  if (/^(export )?type /.test(code)) return typeArgumentDoc(code) ?? unionDoc(nodes, '=');
  if (isSign(nodes[0], 'if')) return ifDoc(nodes);
  const isTyped = nodes.slice(1, 4).some((node) => isSign(node, ':') && !node.space);
  const isMember = isEnded && isTyped && !nodes.some((node) => isSign(node, '='));
  return isMember ? memberDoc(nodes) : codeDoc(nodes, 'statement');
}

/** `if (!row) throw …`, where only the statement is long. */
function ifDoc([keyword, condition, ...statement]: readonly Node[]): Doc | undefined {
  if (keyword === undefined || condition === undefined || statement.length === 0) return undefined;
  const head = flatText([keyword, condition]);
  return group([head, indent([line, codeDoc(statement, 'statement')])]);
}

/** A member of a type: a method, a function or a choice. */
function memberDoc(nodes: readonly Node[]): Doc | undefined {
  const isMethod = nodes[1]?.kind === 'brackets';
  const isFunction = nodes.some((node) => isSign(node, '=>'));
  return isMethod || isFunction ? signatureDoc(nodes) : unionDoc(nodes, ':');
}

function importDoc(before: string, names: readonly string[], after: string): Doc | undefined {
  if (names.length < 2) return undefined;
  return group([before, indent(names.map((name) => [hardLine, `${name},`])), hardLine, after]);
}

/** A type that is nothing but another one with an argument: `type Row = z.output<typeof row>`. */
function typeArgumentDoc(code: string): Doc | undefined {
  const [, before, argument] = /^([\w ]+ = [\w.]+<)([\w ]+)>$/.exec(code) ?? [];
  return before && argument ? [before, indent([hardLine, argument]), hardLine, '>'] : undefined;
}

function unionDoc(nodes: readonly Node[], sign: string): Doc | undefined {
  const at = nodes.findIndex((node) => isSign(node, sign));
  const parts: Node[][] = [[]];
  for (const node of nodes.slice(at + 1)) {
    if (isSign(node, '|')) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  if (parts.length < 2) return undefined;
  const lines = parts.map((part) => [hardLine, '| ', flatText(part)]);
  return [flatText(nodes.slice(0, at + 1)), indent(lines)];
}

/** A line that opens a body: of a function, or of a loop over values. */
function openDoc(code: string): Doc | undefined {
  if (/^for (await )?\((const|let) /.test(code)) return loopDoc(code);
  if (
    /^(\}|if|for|while|switch|class|interface|type|enum|export (class|interface|type))\b/.test(code)
  ) {
    return undefined;
  }
  const nodes = parseLine(code.slice(0, -1).trimEnd());
  if (nodes === undefined) return undefined;
  const isArrow = isSign(nodes.at(-1), '=>');
  const isFunction = isArrow || nodes.some((node) => node.kind === 'brackets' && node.open === '(');
  return isFunction ? [signatureDoc(nodes), ' {'] : undefined;
}

/** `for (const name of names) {`, where the values break first, then the names. */
function loopDoc(code: string): Doc | undefined {
  const nodes = parseLine(code.slice(0, -1).trimEnd());
  const head = nodes?.at(-1);
  if (!nodes || head?.kind !== 'brackets') return undefined;
  const [item = [], ...others] = head.items;
  const at = item.findIndex((node) => isSign(node, 'of'));
  if (at !== 2 || others.length > 0) return undefined;
  const names = codeDoc(item.slice(1, at));
  const start = `${flatText(nodes.slice(0, -1))} (${flatText(item.slice(0, 1))} `;
  return [start, names, ' of ', codeDoc(item.slice(at + 1)), ') {'];
}

const isSign = (node: Node | undefined, text: string) =>
  node?.kind === 'leaf' && node.text === text;
