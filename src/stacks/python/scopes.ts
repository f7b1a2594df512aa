import type { SyntaxNode } from '@lezer/common';
import { bindingsIn, type Source, wordsBeside } from './bindings.ts';
import { findAll } from './parse.ts';

/** Where names are declared: a file, a function, a class, a comprehension. */
type Scope = { parent: Scope | undefined; isClass: boolean; names: Set<string> };

const opens = new Set([
  'Script',
  'FunctionDefinition',
  'LambdaExpression',
  'ClassDefinition',
  'ArrayComprehensionExpression',
  'ComprehensionExpression',
  'SetComprehensionExpression',
  'DictionaryComprehensionExpression',
]);

/** The names that a file uses and does not declare, builtins among them. */
export function undeclaredNames({ text, root }: Source): Set<string> {
  const uses: { name: string; scope: Scope }[] = [];
  const visit = (node: SyntaxNode, outer: Scope): void => {
    const isScope = opens.has(node.name);
    const scope = isScope
      ? { parent: outer, isClass: node.name === 'ClassDefinition', names: new Set<string>() }
      : outer;
    for (const { name, isOuter } of bindingsIn(node, text)) {
      (isOuter && isScope ? outer : scope).names.add(name);
    }
    const words = wordsBeside(node);
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const isUse = child.name === 'VariableName' && !words.has(child.from);
      if (isUse) uses.push({ name: text.slice(child.from, child.to), scope });
      visit(child, scope);
    }
  };
  visit(root, { parent: undefined, isClass: false, names: new Set() });
  return new Set(uses.flatMap(({ name, scope }) => (isDeclared(name, scope) ? [] : [name])));
}

/** Every name that a file declares anywhere. */
export const declaredNames = ({ root, text }: Source): Set<string> =>
  new Set(
    findAll(root, () => true).flatMap((node) => bindingsIn(node, text).map(({ name }) => name)),
  );

/** The functions inside of a class do not see what its body declares. */
function isDeclared(name: string, from: Scope): boolean {
  if (from.names.has(name)) return true;
  for (let scope = from.parent; scope; scope = scope.parent) {
    if (!scope.isClass && scope.names.has(name)) return true;
  }
  return false;
}
