import { wayUp } from './migration-tables.ts';

/** The SQL statements of a migration's way up, each on one line. */
export function statementsOf(migration: string): string[] {
  const statements = wayUp(migration).matchAll(/\bsql`((?:[^`\\]|\\.)*)`/g);
  return [...statements].map(([, text = '']) => text.replace(/\s+/g, ' ').trim());
}

/** Whether a migration makes, changes or removes a column on its way up. */
export function touchesColumn(migration: string, table: string, column: string): boolean {
  const named = String.raw`(?:\bcolumn\s+"?${column}"?(?!\w)|\bto\s+"?${column}"?(?!\w)|\b${table}_${column}_[a-z]+\b)`;
  const made = new RegExp(String.raw`^\s*"?${column}"?\s+\w`, 'm');
  const isOf = new RegExp(String.raw`\b${table}\b`);
  return statementTexts(migration).some((text) => {
    if (!isOf.test(text) && !new RegExp(named).test(text)) return false;
    return /^\s*create\s+table\b/i.test(text) ? made.test(text) : new RegExp(named).test(text);
  });
}

const statementTexts = (migration: string) =>
  [...wayUp(migration).matchAll(/\bsql`((?:[^`\\]|\\.)*)`/g)].map(([, text = '']) => text);
