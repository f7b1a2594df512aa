import type { SyntaxNode } from '@lezer/common';
import { childrenOf, findAll, parsePython } from '../../src/stacks/python/parse.ts';
import type { Mutant } from './mutate.ts';

type Edit = { from: number; to: number; replacement: string; what: string };

/**
 * What is planted nowhere, since no test of an endpoint should see it: prose, names that any other
 * would do for, roles in the documentation, and a transaction that only two servers at once can see.
 */
const prose =
  /^(?:summary|response_description|tags|operation_id|path_id|not_found|schema|secured|secured_for_owner|in_transaction)$/;

/** Every mutant of a module of an endpoint. Imports, types and prose stay. */
export function mutantsOfPython(path: string, text: string): Mutant[] {
  const source = parsePython(text);
  if (source === undefined) throw new Error(`${path} does not parse`);
  const code = (node: SyntaxNode) => text.slice(node.from, node.to);
  const edits = findAll(source.root, (node) => !isProse(node, code)).flatMap((node) => [
    ...valueEdits(node, code),
    ...removals(node, code, text),
  ]);
  const mutants = [...edits, ...(path.includes('/versions/') ? sqlEdits(text) : [])].map(
    ({ from, to, replacement, what }) => ({
      path,
      line: text.slice(0, from).split('\n').length,
      what,
      text: text.slice(0, from) + replacement + text.slice(to),
    }),
  );
  return [...new Map(mutants.map((mutant) => [mutant.text, mutant])).values()];
}

const flipped: Partial<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  and: 'or',
  or: 'and',
  '>': '>=',
  '>=': '>',
  '<': '<=',
  '<=': '<',
  is: 'is not',
  True: 'False',
  False: 'True',
};

/** Numbers by one, other texts, and conditions the other way round. */
function valueEdits(node: SyntaxNode, code: (node: SyntaxNode) => string): Edit[] {
  const { from, to, name } = node;
  const now = code(node);
  const edit = (replacement: string): Edit => ({
    from,
    to,
    replacement,
    what: `${now} → ${replacement}`,
  });
  if (name === 'Number')
    return [Number(now) + 1, Number(now) - 1].map((each) => edit(String(each)));
  if (name === 'String' && node.parent?.name !== 'ExpressionStatement') {
    return [edit(now.replace(/(["'])$/, 'X$1'))];
  }
  const other = flipped[now];
  if (other !== undefined && childrenOf(node).length === 0) return [edit(other)];
  if (node.parent?.name === 'IfStatement' && node.prevSibling?.name === 'if') {
    return [edit(`not (${now})`)];
  }
  return [];
}

/** Statements, arguments, items of lists and entries of dictionaries that go. */
function removals(node: SyntaxNode, code: (node: SyntaxNode) => string, text: string): Edit[] {
  const { from, to, name } = node;
  const without = (start: number, end: number, replacement = ''): Edit => {
    const what = `without ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60)}`;
    return { from: start, to: end, replacement, what };
  };
  if (name === 'RaiseStatement') return [without(from, to, 'pass')];
  if (name === 'ExpressionStatement' && !/^["']/.test(code(node)))
    return [without(from, to, 'pass')];
  if (!/^(?:ArgList|ArrayExpression|DictionaryExpression)$/.test(name)) return [];
  const children = childrenOf(node).slice(1, -1);
  const starts = children.filter((_, at) => at === 0 || children[at - 1]?.name === ',');
  return starts.flatMap((start, at) => {
    const next = starts[at + 1];
    const end = next ? next.from : (children.at(-1)?.to ?? start.to);
    if (prose.test(code(start))) return [];
    return start.name === ',' ? [] : [without(start.from, end)];
  });
}

/** Lines and constraints of a table that go. */
function sqlEdits(text: string): Edit[] {
  const parts = [/ not null/g, / default '[^']*'/g, / on delete [a-z ]+/g, /,\n\s+constraint .*/g];
  const end = text.indexOf('def downgrade');
  return parts.flatMap((part) =>
    [...text.slice(0, end).matchAll(part)].map((found) => ({
      from: found.index,
      to: found.index + found[0].replace(/,$/, '').length,
      replacement: '',
      what: `without ${found[0].trim()}`,
    })),
  );
}

function isProse(node: SyntaxNode, code: (node: SyntaxNode) => string): boolean {
  for (let each: SyntaxNode | null = node; each; each = each.parent) {
    if (/^(?:ImportStatement|TypeDef|Comment)$/.test(each.name)) return true;
    if (each.name === 'ParamList') return true;
    const before = each.prevSibling;
    if (before?.name === 'AssignOp' && before.prevSibling && prose.test(code(before.prevSibling)))
      return true;
    const called = each.name === 'ArgList' ? each.prevSibling : null;
    if (called && prose.test(code(called))) return true;
    if (each.name === 'FunctionDefinition' && /^def downgrade/.test(code(each))) return true;
  }
  return false;
}
