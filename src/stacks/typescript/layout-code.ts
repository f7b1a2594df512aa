import type { Doc } from './layout-doc.ts';
import {
  choice,
  fill,
  fluid,
  group,
  hardLine,
  ifBreak,
  indent,
  line,
  softLine,
  willBreak,
} from './layout-doc.ts';
import { bareDoc, insideParentheses } from './layout-parentheses.ts';
import type { Nodes } from './layout-shape.ts';
import {
  arrowAt,
  chainEnd,
  hugsLast,
  isLeaf,
  isMatrix,
  isOpen,
  isPoor,
  isText,
  linksOf,
} from './layout-shape.ts';
import type { Brackets, Node } from './layout-tree.ts';
import { flatText } from './layout-tree.ts';

const PREFIXES = new Set([
  'return',
  'await',
  'throw',
  'new',
  'void',
  'typeof',
  'async',
  '...',
  '!',
]);
/** The value moves to the next line only if that wins some room. */
const SHORT_KEY = 'keys:'.length;

type Place = 'statement' | 'value' | 'inside';

/** An expression, an assignment, a property or a parameter; one string if none of them. */
export function codeDoc(nodes: Nodes, place: Place = 'inside'): Doc {
  const assign = nodes.findIndex((node) => isLeaf(node, '='));
  const arrow = nodes.findIndex((node) => isLeaf(node, '=>'));
  if (assign > 0 && (arrow < 0 || assign < arrow)) {
    return assignmentDoc(nodes.slice(0, assign + 1), nodes.slice(assign + 1));
  }
  if (isLeaf(nodes[1], ':') && !nodes[1].space && !isOpen(nodes[0], '(')) {
    return assignmentDoc(nodes.slice(0, 2), nodes.slice(2));
  }
  if (arrow > 0) return arrowDoc(nodes.slice(0, arrow), nodes.slice(arrow + 1));
  const start = nodes.findIndex((node) => node.kind !== 'leaf' || !PREFIXES.has(node.text));
  if (start > 0) return [prefixText(nodes, start), chainDoc(nodes.slice(start), 'inside')];
  return chainDoc(nodes, place);
}

const prefixText = (nodes: Nodes, count: number) =>
  flatText(nodes.slice(0, count)) + (count > 0 && nodes[count]?.space ? ' ' : '');

function assignmentDoc(left: Nodes, right: Nodes): Doc {
  const head = flatText(left);
  const doc = codeDoc(right, 'value');
  const value = right.slice(right.findIndex((node) => !isLeaf(node, 'await')));
  const [first] = value;
  const isKey = isLeaf(left.at(-1), ':');
  if (isKey && head.length <= SHORT_KEY) return [head, ' ', doc];
  if (isText(first, '`') || arrowAt(right) >= 0) return group([head, ' ', doc]);
  if (right.some((node) => isLeaf(node, '??'))) {
    return group([head, group(indent([line, group(eitherDoc(right))]))]);
  }
  if (value.length === 1 && first?.kind === 'brackets') return group([head, ' ', doc]);
  if ((value.length === 1 && isText(first, '\'"')) || isPoor(value)) {
    return group([head, group(indent([line, doc]))]);
  }
  return group([head, fluid(doc)]);
}

/** `one ?? other`, broken behind the operator. */
function eitherDoc(nodes: Nodes): Doc {
  const at = nodes.findIndex((node) => isLeaf(node, '??'));
  if (at < 0) return codeDoc(nodes);
  return [codeDoc(nodes.slice(0, at)), ' ??', line, eitherDoc(nodes.slice(at + 1))];
}

function arrowDoc(left: Nodes, right: Nodes): Doc {
  const head = [signatureDoc(left), ' =>'];
  const inner = insideParentheses(right);
  if (inner) {
    const value = [ifBreak('', '('), bareDoc(inner, codeDoc), ifBreak('', ')')];
    return group([...head, group(indent([line, value]))]);
  }
  const hugs = right.length === 1 && right[0]?.kind === 'brackets';
  const value = bodyDoc(right);
  return group([...head, hugs ? [' ', value] : group(indent([line, value]))]);
}

/** What an arrow leads to; the parentheses around an object stay close to it. */
function bodyDoc(nodes: Nodes, isForced = false): Doc {
  const [only] = nodes;
  const inner = isOpen(only, '(') ? only.items[0] : undefined;
  if (nodes.length === 1 && inner?.length === 1) return ['(', bodyDoc(inner, isForced), ')'];
  return isForced ? forced(nodes) : codeDoc(nodes);
}

/** Everything up to the body of a function; its parameters are what may break. */
export function signatureDoc(nodes: Nodes): Doc {
  const at = nodes.findIndex((node) => isOpen(node, '('));
  const params = nodes[at];
  if (params?.kind !== 'brackets') return flatText(nodes);
  const after = flatText(nodes.slice(at + 1));
  return group([prefixText(nodes, at), paramsDoc(params), afterText(nodes[at + 1], after)]);
}

const afterText = (node: Node | undefined, text: string) => (node?.space ? ` ${text}` : text);

function paramsDoc(params: Brackets): Doc {
  const [first, ...others] = params.items;
  if (first === undefined) return '()';
  const [pattern, colon, type, ...more] = first;
  if (others.length > 0 || pattern?.kind !== 'brackets') {
    const rest = isLeaf(params.items.at(-1)?.[0], '...');
    return listDoc(params, rest ? '' : ',');
  }
  if (!isLeaf(colon, ':')) return ['(', bracketsDoc(pattern), ')'];
  if (!isOpen(type, '{') || more.length > 0)
    return ['(', bracketsDoc(pattern), ': ', flatText(first.slice(2)), ')'];
  return ['(', group([objectParts(pattern), ': ', objectParts(type)]), ')'];
}

/** A head with calls and members behind it: in one piece, or one call a line. */
function chainDoc(nodes: Nodes, place: Place): Doc {
  const space = nodes.findIndex((node, at) => at > 0 && node.space);
  const tail = space < 0 ? [] : nodes.slice(space);
  if (tail.length > 0 && !isLeaf(tail[0], 'as') && !isLeaf(tail[0], 'satisfies')) {
    return flatText(nodes);
  }
  const whole = nodes.slice(0, nodes.length - tail.length);
  const end = chainEnd(whole);
  const chain = whole.slice(0, end || 1);
  const members = membersDoc(
    whole.slice(chain.length),
    place === 'value' && chain.length > 1 && isOpen(chain.at(-1), '('),
  );
  const suffix = [members, tail.length > 0 ? ` ${flatText(tail)}` : ''];
  const [head, ...rest] = linksOf(chain);
  if (head === undefined) return suffix;
  const oneLine = [linkDoc(head), ...rest.map(linkDoc)];
  const name = head.length === 1 && head[0]?.kind === 'leaf' ? head[0].text : '';
  const merges =
    /^(this|[A-Z_$].*)$/.test(name) || (place === 'statement' && /^\w{1,2}$/.test(name));
  if (rest.length < (merges ? 3 : 2)) return [group(oneLine), suffix];
  const kept = merges ? [head, ...rest.slice(0, 1)] : [head];
  const broken = rest.slice(kept.length - 1).map((link) => [hardLine, linkDoc(link)]);
  return [choice(oneLine, [...kept.map(linkDoc), indent(broken)]), suffix];
}

/** Members that are not called: each may begin a line. */
function membersDoc(nodes: Nodes, isInline: boolean): Doc {
  if (isInline) return flatText(nodes);
  const starts = nodes.flatMap((node, at) => (isLeaf(node, '.') || isLeaf(node, '?.') ? [at] : []));
  const members = starts.map((start, index) => {
    const member = flatText(nodes.slice(start, starts[index + 1]));
    return group(indent([softLine, member]));
  });
  return [flatText(nodes.slice(0, starts[0])), ...members];
}

const linkDoc = (link: Nodes): Doc =>
  link.map((node, at) => {
    if (node.kind === 'leaf') return node.text;
    if (at === 0) return node.open === '(' ? listDoc(node, '') : bracketsDoc(node);
    return node.open === '(' ? argumentsDoc(node) : group(listParts(node, ''));
  });

function argumentsDoc(args: Brackets): Doc {
  const last = args.items.at(-1);
  if (last === undefined) return '()';
  const before = args.items.slice(0, -1);
  const spread = listDoc(args);
  if (!hugsLast(last, before.at(-1))) return spread;
  const docs = before.flatMap((item) => [codeDoc(item), ', ']);
  const doc = codeDoc(last);
  if (docs.some(willBreak)) return spread;
  return choice(
    ['(', ...docs, doc, ')'],
    ['(', ...docs, forced(last), ')'],
    group(listParts(args), true),
  );
}

const forced = (item: Nodes): Doc => {
  const [only] = item;
  if (isOpen(only, '(') && item.length === 1) return group(listParts(only, ''), true);
  if (item.length === 1 && only?.kind === 'brackets') return group(bracketsParts(only), true);
  const at = arrowAt(item);
  const body = item.slice(at + 1);
  const head = `${flatText(item.slice(0, at))} =>`;
  const inner = insideParentheses(body);
  if (inner) {
    return group([head, indent([line, bareDoc(inner, codeDoc)]), ifBreak(','), softLine], true);
  }
  if (body.length === 1 && body[0]?.kind === 'brackets') return [head, ' ', bodyDoc(body, true)];
  return group([head, indent([line, codeDoc(body)]), ifBreak(','), softLine], true);
};

function bracketsDoc(node: Brackets): Doc {
  if (node.items.length === 0) return `${node.open}${node.close}`;
  return group(bracketsParts(node), isMatrix(node) || willBreak(bracketsParts(node)));
}

function bracketsParts(node: Brackets): Doc {
  if (node.open === '{') return objectParts(node);
  const isNumbers = node.items.every((item) => /^-?[\d._]+$/.test(flatText(item)));
  if (node.open !== '[' || !isNumbers || node.items.length < 2) return listParts(node);
  const numbers = node.items.flatMap((item, at) => {
    const isLast = at === node.items.length - 1;
    return isLast ? [flatText(item)] : [`${flatText(item)},`, line];
  });
  return ['[', indent([softLine, fill(numbers)]), ifBreak(','), softLine, ']'];
}

const objectParts = (node: Brackets): Doc =>
  node.items.length === 0 ? '{}' : ['{', indent([line, itemsDoc(node)]), line, '}'];

const listDoc = (node: Brackets, end = node.separator): Doc => group(listParts(node, end));

const listParts = (node: Brackets, end = node.separator): Doc => [
  node.open,
  indent([softLine, itemsDoc(node, end)]),
  softLine,
  node.close,
];

const itemsDoc = ({ items, separator }: Brackets, end = separator): Doc => [
  ...items.flatMap((item, at) => (at === 0 ? codeDoc(item) : [separator, line, codeDoc(item)])),
  ifBreak(end),
];
