import type { SyntaxNode } from '@lezer/common';
import { type Imported, importsIn } from '../../python/imports.ts';
import { childrenOf, findAll, type Source } from '../../python/parse.ts';

/** The router of an endpoint: what the file of all routes calls it, and the module that has it. */
export type RouterName = { name: string; module: string };

/** What that module calls its router. */
export const ROUTER = 'router';

/** An import by which the file has the router, and how it then names it. */
export type Known = Imported & { expression: string };

/** The imports of the router of an endpoint, or of a module that has it. */
export function routersNamed(source: Source, { module }: RouterName): Known[] {
  const parts = module.split('.');
  return importsIn(source).flatMap((each): Known[] => {
    const from = absolute(each.module.text);
    const taken = each.taken && source.text.slice(each.taken.from, each.taken.to);
    const whole = taken === undefined ? from : `${from}.${taken}`;
    const rest = `${module}.${ROUTER}`.slice(whole.length);
    const isWay = `${module}.${ROUTER}` === whole || rest.startsWith('.');
    if (!`${module}.${ROUTER}`.startsWith(whole) || !isWay) return [];
    // `import app` alone loads none of its modules.
    if (whole.split('.').length < parts.length - 1) return [];
    return [{ ...each, expression: each.local + rest }];
  });
}

/** A module by its whole name: the file stands in the package of the application. */
const absolute = (module: string) =>
  module.startsWith('.') && !module.startsWith('..')
    ? `app${module === '.' ? '' : module}`
    : module;

/** Where a file names one of its routers, imports left out. */
export function usesOf({ root, text }: Source, expression: string): SyntaxNode[] {
  const [first = ''] = expression.split('.');
  return findAll(
    root,
    (node) => node.name === 'VariableName' && text.slice(node.from, node.to) === first,
  ).flatMap((node) => {
    if (node.parent?.name === 'ImportStatement') return [];
    if (node.parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp') return [];
    let whole = node;
    while (whole.parent?.name === 'MemberExpression' && whole.parent.from === whole.from) {
      if (text.slice(whole.from, whole.to) === expression) break;
      whole = whole.parent;
    }
    return text.slice(whole.from, whole.to) === expression ? [whole] : [];
  });
}

/** A call that includes a router into another. */
export type Include = {
  call: SyntaxNode;
  /** The statement that is nothing but the call; undefined where it is more. */
  statement: SyntaxNode | undefined;
  /** What it is included into, as it is written. */
  into: string;
  /** The first argument. */
  router: SyntaxNode | undefined;
};

/** Every call of `include_router`. */
export function includesIn({ root, text }: Source): Include[] {
  return findAll(root, ({ name }) => name === 'CallExpression').flatMap((call): Include[] => {
    const [callee, list] = childrenOf(call);
    const member = callee && text.slice(callee.from, callee.to);
    const [, into] = /^([\s\S]*?)\s*\.\s*include_router$/.exec(member ?? '') ?? [];
    if (into === undefined || !list) return [];
    const { parent } = call;
    const statement = parent?.name === 'ExpressionStatement' ? parent : undefined;
    return [{ call, statement, into, router: routerOf(list, text) }];
  });
}

/** The argument that is the router: the first, or the one of that name. */
function routerOf(list: SyntaxNode, text: string): SyntaxNode | undefined {
  const words = childrenOf(list);
  const [, first, sign] = words;
  if (first && first.name !== ')' && !first.name.startsWith('*') && sign?.name !== 'AssignOp')
    return first;
  const at = words.findIndex(
    ({ from, to }, index) =>
      text.slice(from, to) === ROUTER && words[index + 1]?.name === 'AssignOp',
  );
  return at === -1 ? undefined : words[at + 2];
}
