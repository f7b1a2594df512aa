import type { SyntaxNode } from '@lezer/common';
import { childrenOf, findAll, type Source } from '../../python/parse.ts';
import type { Include } from './routers.ts';

/** Where a line that includes a router goes, into what, and beside which statement. */
export type Spot = {
  into: string;
  beside: SyntaxNode;
  side: 'behind' | 'before' | 'instead';
};

/** The function that the project calls with the router of all endpoints. */
const FUNCTION = 'add_routes';

/** Where routers are included, by the statements that do so, or by the function for it. */
export function findSpot(source: Source, includes: readonly Include[]): Spot | { reason: string } {
  const groups = new Map<string, Include[]>();
  for (const include of includes) {
    const key = `${scopeOf(include.call).from} ${include.into}`;
    groups.set(key, [...(groups.get(key) ?? []), include]);
  }
  const own = ownFunction(source);
  const ofOwn = own && groups.get(`${own.scope.from} ${own.into}`);
  const [first, ...others] = groups.values();
  const group = ofOwn ?? (own ? undefined : first);
  if (!group && own) return atEndOf(source, own);
  if (!group) return atVariable(source);
  if (!ofOwn && others.length > 0) return { reason: 'routers are included in more than one place' };
  return behindLast(source, group);
}

/** The function or file around a node. */
function scopeOf(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  if (!parent) return node;
  return parent.name === 'FunctionDefinition' ? parent : scopeOf(parent);
}

/** The function with the name that it has when it is generated, and its first parameter. */
function ownFunction({ root, text }: Source): { scope: SyntaxNode; into: string } | undefined {
  const [scope] = findAll(root, (node) => {
    const name = node.name === 'FunctionDefinition' && node.getChild('VariableName');
    return !!name && text.slice(name.from, name.to) === FUNCTION;
  });
  const parameter = scope?.getChild('ParamList')?.getChild('VariableName');
  return scope && parameter ? { scope, into: text.slice(parameter.from, parameter.to) } : undefined;
}

const statementsOf = (body: SyntaxNode) => childrenOf(body).filter(({ name }) => name !== ':');

/** The statement in the body of the function, or of the file, that a node is in. */
function statementAround(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  if (!parent || parent.name === 'Script') return node;
  const isBody = parent.name === 'Body' && parent.parent?.name === 'FunctionDefinition';
  return isBody ? node : statementAround(parent);
}

/** Behind the last statement of those, and before whatever answers all other paths. */
function behindLast({ text }: Source, group: readonly Include[]): Spot | { reason: string } {
  const [first] = group;
  if (!first) return { reason: 'nothing is included' };
  const { into } = first;
  const around = group.map(({ call }) => statementAround(call));
  const body = around[0]?.parent;
  const last = body && statementsOf(body).find((each) => takesAll(each, text));
  const early = around.filter((each) => !last || each.from < last.from);
  const beside = early.at(-1);
  if (beside) return { into, beside, side: 'behind' };
  return last ? { into, beside: last, side: 'before' } : { reason: 'nothing is included' };
}

/** Whether a statement takes every path that nothing before it does. */
const takesAll = ({ from, to }: SyntaxNode, text: string) =>
  /:path\}|\.mount\(\s*["']\/?["']/.test(text.slice(from, to));

/** At the end of a function that includes nothing yet. */
function atEndOf(
  { text }: Source,
  { scope, into }: { scope: SyntaxNode; into: string },
): Spot | { reason: string } {
  const body = scope.getChild('Body');
  const statements = body ? statementsOf(body) : [];
  const [only] = statements;
  const stop = statements.find((each) => each.name === 'ReturnStatement' || takesAll(each, text));
  if (stop) return { into, beside: stop, side: 'before' };
  if (only && statements.length === 1 && isEmpty(only, text)) {
    return { into, beside: only, side: 'instead' };
  }
  const last = statements.at(-1);
  return last ? { into, beside: last, side: 'behind' } : { reason: 'its function is empty' };
}

const isEmpty = ({ from, to }: SyntaxNode, text: string) =>
  /^(?:pass|\.\.\.)$/.test(text.slice(from, to).trim());

/** Behind the one router or application that the file makes. */
function atVariable({ root, text }: Source): Spot | { reason: string } {
  const made = findAll(root, (node) => {
    const { firstChild, lastChild } = node;
    if (node.name !== 'AssignStatement' || firstChild?.name !== 'VariableName') return false;
    return !!lastChild && /^(?:\w+\.)*(?:APIRouter|FastAPI)\s*\(/.test(text.slice(lastChild.from));
  });
  const [beside, ...others] = made;
  const name = beside?.firstChild;
  if (!beside || !name) return { reason: 'it includes no router, and makes none' };
  if (others.length > 0) return { reason: 'it makes more than one router' };
  return { into: text.slice(name.from, name.to), beside, side: 'behind' };
}
