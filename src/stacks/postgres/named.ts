import type { TablesOf } from '../stack.ts';

/** Words before the name of a table; those that end with a bracket are calls of a query builder. */
export type Words = {
  creating: readonly string[];
  dropping: readonly string[];
  touching: readonly string[];
};

const sql: Words = {
  creating: ['create table', 'rename to'],
  dropping: ['drop table'],
  touching: ['table', 'index on', 'into', 'update', 'from'],
};

const none: Words = { creating: [], dropping: [], touching: [] };

/** Which tables SQL and the calls of a query builder name, create and drop. */
export function tablesIn(text: string, calls: Words = none): TablesOf {
  const words = (kind: keyof Words) => [...sql[kind], ...calls[kind]];
  const [creating, dropping, touching] = [words('creating'), words('dropping'), words('touching')];
  return {
    named: namesBehind([...creating, ...dropping, ...touching], text),
    created: namesBehind(creating, text),
    dropped: namesBehind(dropping, text),
  };
}

function namesBehind(words: readonly string[], text: string): Set<string> {
  const starts = words.map(patternOf).join('|');
  const name = /(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["'`]?(\w+)/.source;
  const found = text.matchAll(new RegExp(`(?:${starts})${name}`, 'gi'));
  return new Set([...found].map(([, table = '']) => table));
}

function patternOf(words: string): string {
  if (words === 'index on') return '\\bindex\\s[^;`]*?\\son\\s+';
  if (words.endsWith('(')) return `${words.replace(/[.(]/g, '\\$&')}\\s*`;
  return `\\b${words.replace(' ', '\\s+')}\\s+`;
}

/** Whether statements add, change or remove a column. */
export function touchColumn(statements: readonly string[], table: string, column: string): boolean {
  const part = new RegExp(String.raw`\b${table}_${column}_[a-z]+\b`);
  const named = new RegExp(String.raw`\b(?:column|to)\s+"?${column}"?(?!\w)`);
  const made = new RegExp(String.raw`^\s*"?${column}"?\s+\w`, 'm');
  const isOf = new RegExp(String.raw`\b${table}\b`);
  return statements.some((text) => {
    if (/^\s*create\s+table\b/i.test(text)) return isOf.test(text) && made.test(text);
    return part.test(text) || (isOf.test(text) && named.test(text));
  });
}

const signs = new RegExp(
  [
    /(?<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$)/,
    /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)/,
    /[^'"$\-/;,()]+|[\s\S]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** The parts of SQL between separators that are neither quoted nor in brackets, without comments. */
export function splitSql(text: string, separator: string): string[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const [sign, ...groups] of text.matchAll(signs)) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === separator && depth === 0) parts.push([]);
    else parts.at(-1)?.push(groups[2] === undefined ? sign : ' ');
  }
  return parts.map((part) => part.join('').trim()).filter((part) => part !== '');
}

const withoutComments = (text: string) =>
  text.replace(signs, (sign, _quoted, _tag, comment) => (comment === undefined ? sign : ' '));

/** Statements, each on one line, without comments. */
export const onOneLine = (statements: readonly string[]): string[] =>
  statements.map((text) => withoutComments(text).replace(/\s+/g, ' ').trim());

/** A statement, and where it stands. */
export type Placed = { at: number; text: string };

/** Statements in the order in which they stand. */
export const inOrder = (statements: readonly Placed[]): string[] =>
  [...statements].sort((one, other) => one.at - other.at).map(({ text }) => text);
