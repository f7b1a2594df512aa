import type { SyntaxNode } from '@lezer/common';
import type { Import } from '../modules.ts';
import { bindingsIn } from './bindings.ts';
import { childrenOf, findAll, parsePython } from './parse.ts';

/** Whether a file is a module, by its name. */
export const isModule = (path: string) => /\.pyi?$/.test(path);

/** The names that a module declares; undefined where it passes on all of another, or does not parse. */
export function exportsOf(text: string): ReadonlySet<string> | undefined {
  const source = parsePython(text);
  if (source === undefined) return undefined;
  const passesOn = (node: SyntaxNode) => node.name === 'ImportStatement' && takesAll(node);
  if (findAll(source.root, passesOn).length > 0) return undefined;
  // Blocks of `if` and `try` declare for the whole module, those of functions and classes do not.
  const declared = (node: SyntaxNode): string[] => [
    ...bindingsIn(node, text).map(({ name }) => name),
    ...(isOwnScope(node) ? [] : childrenOf(node).flatMap(declared)),
  ];
  return new Set(declared(source.root));
}

const isOwnScope = ({ name }: SyntaxNode) =>
  ['FunctionDefinition', 'ClassDefinition', 'LambdaExpression'].includes(name) ||
  name.endsWith('ComprehensionExpression');

/** What a module imports from files of the project, each with the places where that file may be. */
export function importsOf(path: string, text: string): Import[] {
  const source = parsePython(text);
  if (source === undefined) return [];
  return findAll(source.root, ({ name }) => name === 'ImportStatement').flatMap((node) => {
    const line = (at: number) => text.slice(0, at).split('\n').length;
    const words = childrenOf(node);
    const start = words.findIndex(({ name }) => name === 'import');
    const read = (some: readonly SyntaxNode[]) =>
      some.map(({ from, to }) => text.slice(from, to)).join('');
    if (words[0]?.name === 'from') {
      const module = absolute(read(words.slice(1, start)), path);
      const named = takenBy(words.slice(start + 1));
      if (named.length === 0) {
        return [{ name: undefined, places: placesOf(module), line: line(node.from) }];
      }
      return named.flatMap((each): Import[] => {
        const name = read([each]);
        const at = { line: line(each.from) };
        // What is imported from a package may be one of its modules.
        const asModule = { name: undefined, places: placesOf(`${module}.${name}`), ...at };
        return [{ name, places: placesOf(module), ...at }, asModule];
      });
    }
    return modulesIn(words.slice(start + 1), read).map(
      (module): Import => ({
        name: undefined,
        places: placesOf(module),
        line: line(node.from),
      }),
    );
  });
}

const takesAll = (node: SyntaxNode) => node.getChild('*') !== null;

/** The names in the module that an import takes, under whatever name. */
const takenBy = (words: readonly SyntaxNode[]) =>
  words.filter(({ name }, at) => name === 'VariableName' && words[at - 1]?.name !== 'as');

/** `a.b` and `c` of `import a.b as x, c`. */
function modulesIn(
  words: readonly SyntaxNode[],
  read: (some: readonly SyntaxNode[]) => string,
): string[] {
  const commas = words.flatMap(({ name }, at) => (name === ',' ? [at] : []));
  return [-1, ...commas].map((from, at) => {
    const part = words.slice(from + 1, commas[at]);
    const end = part.findIndex(({ name }) => name === 'as');
    return read(end === -1 ? part : part.slice(0, end));
  });
}

/** A module by its whole name: one dot is the package of the file, each further one the one above. */
function absolute(module: string, path: string): string {
  const [dots = ''] = /^\.*/.exec(module) ?? [];
  if (dots === '') return module;
  const folder = path.split('/').slice(0, -dots.length);
  return [...folder, module.slice(dots.length)].filter((part) => part !== '').join('.');
}

/** Where a module of the project may be. */
export function placesOf(module: string): string[] {
  const path = module.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__init__.py`];
}
