import type { SyntaxNode } from '@lezer/common';
import { bindingsIn } from './bindings.ts';
import { childrenOf, findAll, parseAnyway, parseLike, parsePython, type Source } from './parse.ts';
import { undeclaredNames } from './scopes.ts';

/**
 * Whether a merged file may be written: it still parses, has nothing twice that neither side has
 * twice, and uses no name that nothing declares any more. Of `generated` texts no name may be missing,
 * whatever it was merged from: what git merged may be broken already.
 */
export function isSoundFile(
  path: string,
  text: string,
  mergedFrom: readonly string[] = [],
  generated: readonly string[] = [],
): boolean {
  if (path.endsWith('.json')) return isJson(text);
  if (path.endsWith('.toml')) return isSoundToml(text);
  if (!/\.pyi?$/.test(path)) return true;
  const source = parseLike(mergedFrom, text);
  if (source === undefined) return false;
  const sides = mergedFrom.map(parseAnyway);
  const known = new Set(sides.flatMap((side) => [...twiceIn(side, true)]));
  // A variable may get another value: of a merge alone, where a side gave it one, that is no accident.
  if ([...twiceIn(source, mergedFrom.length > 0)].some((each) => !known.has(each))) return false;
  const missing = undeclaredNames(source);
  if (generated.length > 0 && declaresAny(generated, missing)) return false;
  if (mergedFrom.length === 0) return true;
  const absent = new Set(sides.flatMap((side) => [...undeclaredNames(side)]));
  return [...missing].every((name) => absent.has(name));
}

const declaresAny = (texts: readonly string[], names: ReadonlySet<string>) =>
  texts
    .flatMap((each) => parsePython(each) ?? [])
    .some(({ root, text }) =>
      findAll(root, () => true)
        .flatMap((node) => bindingsIn(node, text))
        .some(({ name }) => names.has(name)),
    );

/** What stands twice in one block, list of arguments or dictionary, and may not; variables if asked. */
function twiceIn({ root, text }: Source, withVariables: boolean): Set<string> {
  const twice = new Set<string>();
  for (const node of findAll(root, ({ name }) => name in namesIn)) {
    const seen = new Set<string>();
    for (const name of namesIn[node.name]?.(node, text, withVariables) ?? []) {
      if (seen.has(name)) twice.add(`${node.name} ${name}`);
      seen.add(name);
    }
  }
  return twice;
}

type NamesIn = (node: SyntaxNode, text: string, withVariables: boolean) => string[];

const namesIn: Readonly<Record<string, NamesIn>> = {
  Script: declaredIn,
  Body: declaredIn,
  ParamList: (node, text) => bindingsIn(node, text).map(({ name }) => name),
  ArgList: namesBefore('AssignOp', ({ name }) => name === 'VariableName'),
  DictionaryExpression: namesBefore(':', ({ name }) => name === 'String'),
};

const declaring = ['FunctionDefinition', 'ClassDefinition', 'ImportStatement', 'TypeDefinition'];

/** Functions, classes, imports and what is assigned, each by the statements of one block alone. */
function declaredIn(body: SyntaxNode, text: string, withVariables: boolean): string[] {
  return childrenOf(body).flatMap((statement) => {
    const isDeclaring =
      statement.name === 'AssignStatement'
        ? withVariables || statement.getChild('TypeDef') !== null
        : declaring.includes(statement.name);
    // A decorated function may go on with an earlier one, as a setter does; a class may not.
    const node = isDeclaring ? statement : statement.getChild('ClassDefinition');
    return node ? bindingsIn(node, text).flatMap(({ name }) => (name === '_' ? [] : [name])) : [];
  });
}

function namesBefore(sign: string, isNamed: (node: SyntaxNode) => boolean): NamesIn {
  return (node, text) => {
    const children = childrenOf(node);
    return children
      .filter((each, at) => isNamed(each) && children[at + 1]?.name === sign)
      .map(({ from, to }) => text.slice(from, to));
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** Whether no table stands twice, nor a key in one: what a merge by lines breaks in such a file. */
function isSoundToml(text: string): boolean {
  const seen = new Set<string>();
  let table = '';
  return text.split(/\r?\n/).every((line) => {
    const [, header] = /^\s*(\[[^[].*\])\s*(?:#.*)?$/.exec(line) ?? [];
    const [, list] = /^\s*(\[\[.*\]\])\s*(?:#.*)?$/.exec(line) ?? [];
    const [, key] = /^([A-Za-z0-9_."'-]+)\s*=/.exec(line) ?? [];
    if (list !== undefined) table = `${list} ${seen.size}`;
    if (header !== undefined) table = header;
    const name = header ?? list ?? (key === undefined ? undefined : `${table} ${key}`);
    if (name === undefined) return true;
    const isNew = list !== undefined || !seen.has(name);
    seen.add(list === undefined ? name : table);
    return isNew;
  });
}
