import type { SyntaxNode } from '@lezer/common';
import { type Imported, importsIn } from '../../python/imports.ts';
import { placesOf } from '../../python/modules.ts';
import { childrenOf, findAll, parsePython, type Source } from '../../python/parse.ts';

export type File = { path: string; source: Source; imports: Imported[] };

/** The parsed files of a project, each read once; undefined where there is none, or it does not parse. */
export function openFiles(read: (path: string) => string | undefined) {
  const files = new Map<string, File | undefined>();
  return (path: string): File | undefined => {
    if (!files.has(path)) {
      const text = read(path);
      const source = text === undefined ? undefined : parsePython(text);
      files.set(path, source && { path, source, imports: importsIn(source) });
    }
    return files.get(path);
  };
}

export type Files = ReturnType<typeof openFiles>;

/** A name in the file that has it. */
export type Named = { file: File; name: string };

/** Where `a.b` of a file comes from, if from a file of the project; itself where nothing imports it. */
export function originOf(open: Files, file: File, expression: string): Named | undefined {
  const [first = '', ...rest] = expression.split('.');
  const imported = file.imports.find(({ local }) => local === first);
  if (!imported) return rest.length === 0 ? { file, name: first } : undefined;
  const { module, taken } = imported;
  const name = taken && file.source.text.slice(taken.from, taken.to);
  const parts = [...absolute(module.text, file.path).split('.'), ...(name ? [name] : []), ...rest];
  // The longest beginning that is a file has the rest in it.
  for (let length = parts.length - 1; length > 0; length--) {
    const found = placesOf(parts.slice(0, length).join('.'))
      .map(open)
      .find((each) => each);
    const [own, ...more] = parts.slice(length);
    if (found && own !== undefined)
      return more.length === 0 ? { file: found, name: own } : undefined;
  }
  return undefined;
}

function absolute(module: string, path: string): string {
  const [dots = ''] = /^\.*/.exec(module) ?? [];
  const folder = dots === '' ? [] : path.split('/').slice(0, -dots.length);
  return [...folder, module.slice(dots.length)].filter((part) => part !== '').join('.');
}

/** The arguments of a call: those without a name, and the others by theirs. */
export function argumentsOf(call: SyntaxNode, text: string) {
  const words = childrenOf(call.getChild('ArgList') ?? call);
  const positional: SyntaxNode[] = [];
  const named = new Map<string, SyntaxNode>();
  for (const [at, word] of words.entries()) {
    if (!['(', ','].includes(words[at - 1]?.name ?? '') || word.name === ')') continue;
    const value = words[at + 2];
    if (words[at + 1]?.name === 'AssignOp' && value)
      named.set(text.slice(word.from, word.to), value);
    else positional.push(word);
  }
  return { positional, named };
}

/** The text that a node says, by itself or by the name of a constant; undefined where it may be any. */
export function textOf(open: Files, file: File, node: SyntaxNode | undefined): string | undefined {
  if (!node) return undefined;
  const code = file.source.text.slice(node.from, node.to);
  const [, , plain] = /^r?("|')([^"'\\{}]*(?:\{[^"'\\]*)?)\1$/.exec(code) ?? [];
  if (node.name === 'String' && plain !== undefined) return plain;
  if (node.name !== 'VariableName' && node.name !== 'MemberExpression') return undefined;
  const origin = originOf(open, file, code);
  const value = origin && assignedTo(origin);
  return origin && value ? textOf(open, origin.file, value) : undefined;
}

/** What a name is set to where it is set once. */
export function assignedTo({ file, name }: Named): SyntaxNode | undefined {
  const { root, text } = file.source;
  const [one, ...others] = findAll(root, (node) => {
    const first = node.name === 'AssignStatement' && node.firstChild;
    return !!first && text.slice(first.from, first.to) === name;
  });
  return others.length === 0 ? (one?.lastChild ?? undefined) : undefined;
}
