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
  const named = String.raw`(?:\bcolumn\s+"?${column}"?(?!\w)|\bto\s+"?${column}"?(?!\w)|\b${table}_${column}_[a-z]+\b)`;
  const made = new RegExp(String.raw`^\s*"?${column}"?\s+\w`, 'm');
  const isOf = new RegExp(String.raw`\b${table}\b`);
  return statements.some((text) => {
    if (!isOf.test(text) && !new RegExp(named).test(text)) return false;
    return /^\s*create\s+table\b/i.test(text) ? made.test(text) : new RegExp(named).test(text);
  });
}

/** Statements, each on one line. */
export const onOneLine = (statements: readonly string[]): string[] =>
  statements.map((text) => text.replace(/\s+/g, ' ').trim());
