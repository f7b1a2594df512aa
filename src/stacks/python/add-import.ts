import type { SyntaxNode } from '@lezer/common';
import { type Edit, eolOf, lineBehind, lineStart } from './edit.ts';
import { compareModules } from './module-order.ts';
import { childrenOf, type Source } from './parse.ts';

const longestLine = 100;

/** `from module import name as other`, over several lines where one is too long. */
export function importLine(module: string, name: string, eol = '\n'): string {
  const line = `from ${module} import ${name}`;
  return line.length <= longestLine ? line : `from ${module} import (${eol}    ${name},${eol})`;
}

/**
 * Where an import from a module of this project goes: to its place among the others of its own
 * package, where those are sorted, or behind the last of them; else behind all imports, apart.
 */
export function addImport(source: Source, module: string, name: string): Edit {
  const { root, text } = source;
  const eol = eolOf(text);
  const line = importLine(module, name, eol);
  const imports = childrenOf(root).filter((node) => isPlain(node, text));
  const kin = imports.flatMap((node) => {
    const other = moduleOf(node, text);
    return other !== undefined && isKin(other, module) ? [{ node, module: other }] : [];
  });
  const last = kin.at(-1);
  if (last) {
    const isSorted = kin.every(({ module: each }, at) => {
      const before = kin[at - 1];
      return !before || compareModules(before.module, each) <= 0;
    });
    const next = isSorted ? kin.find((each) => compareModules(module, each.module) < 0) : undefined;
    if (!next) return lineBehind(text, last.node.to, line);
    const from = lineStart(text, next.node.from);
    return { from, to: from, text: line + eol };
  }
  const end = imports.at(-1) ?? docstringOf(root);
  if (end) return lineBehind(text, end.to, `${eol}${line}`);
  const from = startOf(text);
  return { from, to: from, text: line + eol + (text.slice(from).trim() === '' ? '' : eol) };
}

/** An import that has its lines for itself, in no block. */
function isPlain(node: SyntaxNode, text: string): boolean {
  const start = lineStart(text, node.from);
  const behind = /^[^\r\n]*/.exec(text.slice(node.to))?.[0] ?? '';
  return node.name === 'ImportStatement' && start === node.from && /^[ \t]*(?:#.*)?$/.test(behind);
}

function moduleOf(node: SyntaxNode, text: string): string | undefined {
  return /^from\s+([\w.]+)\s/.exec(text.slice(node.from, node.to))?.[1];
}

/** Both relative, or of the same package. */
const isKin = (one: string, other: string) =>
  one.startsWith('.') === other.startsWith('.') &&
  (one.startsWith('.') || one.split('.')[0] === other.split('.')[0]);

function docstringOf(root: SyntaxNode): SyntaxNode | undefined {
  const [first] = childrenOf(root);
  return first?.name === 'ExpressionStatement' && /String$/.test(first.firstChild?.name ?? '')
    ? first
    : undefined;
}

/** Behind the comments with which a file begins, such as a licence. */
function startOf(text: string): number {
  const [head = ''] = /^\uFEFF?(?:#.*\r?\n)*/.exec(text) ?? [];
  return head.length;
}
