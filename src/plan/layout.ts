import { codeDoc, signatureDoc } from './layout-code.ts';
import type { Doc } from './layout-doc.ts';
import { group, hardLine, indent, print } from './layout-doc.ts';
import type { Node } from './layout-tree.ts';
import { flatText, parseLine } from './layout-tree.ts';

const IMPORT = /^((?:import|export) .*?)\{ (.*) \} ?(from '.*')$/;

/**
 * Breaks the lines that are too long as `biome format` would: templates are written with each piece
 * of code on one line, and how long it gets depends on names. Lines that fit are never touched, and
 * nothing that is already broken is joined.
 */
export function layoutTypeScript(text: string, width = 100): string {
  return text
    .split('\n')
    .map((one) => (one.length > width ? layoutLine(one, width) : one))
    .join('\n');
}

function layoutLine(text: string, width: number): string {
  const depth = text.length - text.trimStart().length;
  const [, code = '', end = ''] = /^\s*(.*?)([;,]?)$/s.exec(text) ?? [];
  const doc = code.endsWith('{') ? openDoc(code) : lineDoc(code);
  if (doc === undefined) return text;
  const broken = print([doc, end], depth, width);
  return inkOf(broken) === inkOf(text) ? broken : text;
}

/** What must not change by breaking lines: code that we misread stays as it was. */
const inkOf = (text: string) =>
  text
    .replace(/\s+/g, '')
    .replace(/[,;](?=[)\]}])/g, '')
    .replace('=|', '=');

function lineDoc(code: string): Doc | undefined {
  const [, before, names, after] = IMPORT.exec(code) ?? [];
  if (names !== undefined) return importDoc(`${before}{`, names.split(', '), `} ${after}`);
  const nodes = parseLine(code);
  if (nodes === undefined) return undefined;
  return /^(export )?type /.test(code) ? unionDoc(nodes) : codeDoc(nodes, 'statement');
}

function importDoc(before: string, names: readonly string[], after: string): Doc | undefined {
  if (names.length < 2) return undefined;
  return group([before, indent(names.map((name) => [hardLine, `${name},`])), hardLine, after]);
}

function unionDoc(nodes: readonly Node[]): Doc | undefined {
  const at = nodes.findIndex((node) => isSign(node, '='));
  const parts: Node[][] = [[]];
  for (const node of nodes.slice(at + 1)) {
    if (isSign(node, '|')) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  if (parts.length < 2) return undefined;
  const lines = parts.map((part) => [hardLine, '| ', flatText(part)]);
  return [flatText(nodes.slice(0, at + 1)), indent(lines)];
}

/** A line that opens the body of a function. */
function openDoc(code: string): Doc | undefined {
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

const isSign = (node: Node | undefined, text: string) =>
  node?.kind === 'leaf' && node.text === text;
