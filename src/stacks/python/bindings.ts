import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './parse.ts';

export type { Source } from './parse.ts';

/** A name that a node declares, where it does, and whether beside what it opens instead of inside. */
export type Binding = { name: string; node: SyntaxNode; isOuter: boolean };

/** What a node declares by itself, without what is inside of its children. */
export function bindingsIn(node: SyntaxNode, text: string): Binding[] {
  const children = childrenOf(node);
  const bound = (nodes: readonly SyntaxNode[], isOuter = false): Binding[] =>
    nodes.map((each) => ({ name: text.slice(each.from, each.to), node: each, isOuter }));
  switch (node.name) {
    case 'ImportStatement':
      return bound(importedIn(children));
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'TypeDefinition': {
      const name = children.find(isName);
      return name ? bound([name], true) : [];
    }
    case 'ParamList':
      return bound(children.filter((each, at) => isName(each) && isParameter(children, at)));
    case 'AssignStatement': {
      const last = children.findLastIndex(({ name }) => name === 'AssignOp');
      return bound(children.slice(0, last === -1 ? 1 : last).flatMap(targetsIn));
    }
    case 'NamedExpression':
    case 'CapturePattern':
    case 'TypeParam':
    case 'UpdateStatement':
      return bound(children.slice(0, 1).flatMap(targetsIn));
    case 'WithStatement':
    case 'TryStatement':
    case 'AsPattern':
      return bound(
        children.flatMap((each, at) => (isAfterAs(children, at) ? targetsIn(each) : [])),
      );
    case 'ScopeStatement':
      return bound(children.filter(isName));
    default:
      return bound(loopTargets(children));
  }
}

/** Where words stand among the children of a node that look like names: of modules, of arguments. */
export function wordsBeside(node: SyntaxNode): Set<number> {
  const children = childrenOf(node);
  const isWord: Readonly<Record<string, (at: number) => boolean>> = {
    ImportStatement: () => true,
    FunctionDefinition: (at) => at === children.findIndex(isName),
    ClassDefinition: (at) => at === children.findIndex(isName),
    TypeParam: (at) => at === 0,
    ParamList: (at) => isParameter(children, at),
    ArgList: (at) => children[at + 1]?.name === 'AssignOp',
    KeywordPattern: (at) => at === 0,
    Decorator: (at) => children[at - 1]?.name === '.',
  };
  const test = isWord[node.name];
  if (test === undefined) return new Set();
  return new Set(children.filter((each, at) => isName(each) && test(at)).map(({ from }) => from));
}

const isName = ({ name }: SyntaxNode) => name === 'VariableName';
const isAfterAs = (all: readonly SyntaxNode[], at: number) => all[at - 1]?.name === 'as';

/** A name behind a comma, a bracket or stars; a default stands behind a sign. */
const isParameter = (all: readonly SyntaxNode[], at: number) =>
  at === 0 || ['(', ',', '*', '**'].includes(all[at - 1]?.name ?? '');

/** The names inside of a target: those of attributes and items are declared elsewhere. */
function targetsIn(node: SyntaxNode): SyntaxNode[] {
  if (isName(node)) return [node];
  const holders = ['TupleExpression', 'ArrayExpression', 'ParenthesizedExpression'];
  return holders.includes(node.name) ? childrenOf(node).flatMap(targetsIn) : [];
}

/** What an import declares: `b` of `a as b`, `a` of `a.c`. */
function importedIn(children: readonly SyntaxNode[]): SyntaxNode[] {
  const start = children.findIndex(({ name }) => name === 'import');
  const isFrom = children[0]?.name === 'from';
  return children.filter((each, at) => {
    if (at <= start || !isName(each)) return false;
    if (children[at + 1]?.name === 'as') return false;
    if (isAfterAs(children, at) || isFrom) return true;
    // Of `import a.c as b` only `b` is there.
    return children[at - 1]?.name !== '.' && !hasAlias(children, at);
  });
}

function hasAlias(children: readonly SyntaxNode[], at: number): boolean {
  const end = children.findIndex(({ name }, index) => index > at && name === ',');
  return children.slice(at, end === -1 ? undefined : end).some(({ name }) => name === 'as');
}

/** What stands between `for` and `in`, in a statement or a comprehension. */
function loopTargets(children: readonly SyntaxNode[]): SyntaxNode[] {
  let isTarget = false;
  return children.flatMap((each) => {
    if (each.name === 'for') isTarget = true;
    if (each.name === 'in') isTarget = false;
    return isTarget ? targetsIn(each) : [];
  });
}
