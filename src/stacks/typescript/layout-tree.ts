/** A word, sign or string, or a pair of brackets with what is between its commas. */
export type Node = Leaf | Brackets;
export type Leaf = { kind: 'leaf'; text: string; space: boolean };
export type Brackets = {
  kind: 'brackets';
  open: string;
  close: string;
  space: boolean;
  items: Node[][];
  /** What stands between the items; types use `;`. */
  separator: string;
};

const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

const CLOSED = new Set(CLOSING.values());

const TOKEN =
  /(\s*)('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[\p{L}\p{N}_$@#]+(?:`(?:\\.|[^`\\])*`)?|=>|\?\.|\.\.\.|\?\?|&&|\|\||[=!]==?|[<>]=|.)/gsu;

/** The nodes of one line of code; undefined if it does not stand alone or has a comment or regex. */
export function parseLine(text: string): Node[] | undefined {
  const tokens: Leaf[] = [...text.matchAll(TOKEN)].map(([, space, token]) => ({
    kind: 'leaf',
    text: token ?? '',
    space: space !== '',
  }));
  if (tokens.some((token) => token.text === '/' || /^`.*\$\{[^}]*`$/s.test(token.text))) return;
  const read = { tokens, at: 0 };
  const items = readItems(read);
  return read.at === tokens.length && items.nodes.length === 1 ? items.nodes[0] : undefined;
}

type Reading = { tokens: readonly Leaf[]; at: number };

function readItems(read: Reading): { nodes: Node[][]; separator: string } {
  const nodes: Node[][] = [[]];
  let separator = ',';
  for (let token = read.tokens[read.at]; token; token = read.tokens[read.at]) {
    const close = CLOSING.get(token.text);
    if (CLOSED.has(token.text)) break;
    read.at++;
    if (close !== undefined) {
      const inner = readItems(read);
      if (read.tokens[read.at]?.text !== close) {
        read.at = Number.NaN;
        break;
      }
      read.at++;
      const items = inner.nodes.filter((item) => item.length > 0);
      const { space, text: open } = token;
      const brackets = { open, close, space, items, separator: inner.separator };
      nodes.at(-1)?.push({ kind: 'brackets', ...brackets });
    } else if (token.text === ',' || token.text === ';') {
      separator = token.text;
      nodes.push([]);
    } else if (token.text === '<' && !token.space) {
      const last = nodes.at(-1)?.at(-1);
      const types = readTypes(read);
      if (last?.kind === 'leaf') last.text += types;
    } else nodes.at(-1)?.push({ ...token });
  }
  return { nodes, separator };
}

/** Type arguments as one piece of text, which is never broken. */
function readTypes(read: Reading): string {
  let text = '<';
  for (let depth = 1; depth > 0; read.at++) {
    const token = read.tokens[read.at];
    if (token === undefined) break;
    if (token.text === '<') depth++;
    else if (token.text === '>') depth--;
    text += (token.space ? ' ' : '') + token.text;
  }
  return text;
}

/** The text of nodes on one line, without the space before the first. */
export function flatText(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (node.space ? ' ' : '') + flatNode(node))
    .join('')
    .trimStart();
}

function flatNode(node: Node): string {
  if (node.kind === 'leaf') return node.text;
  const inner = node.items.map(flatText).join(`${node.separator} `);
  const gap = node.open === '{' && inner !== '' ? ' ' : '';
  return `${node.open}${gap}${inner}${gap}${node.close}`;
}
