import type { Ways } from '../postgres/migrations.ts';
import type { Placed, Words } from '../postgres/named.ts';
import { inOrder, onOneLine, tablesIn, touchColumn } from '../postgres/named.ts';
import type { TablesOf } from '../stack.ts';
import { builtStatements } from './built-statements.ts';

/** The calls of Kysely's builders. */
const calls: Words = {
  creating: ['createTable(', 'renameTo('],
  dropping: ['dropTable('],
  touching: ['alterTable(', 'insertInto(', 'updateTable(', 'deleteFrom(', '.on('],
};

/** Which tables a migration in TypeScript affects on its way up. */
export const tablesOf = (migration: string): TablesOf => tablesIn(wayOf(migration, 'up'), calls);

/** The statements of its way up, each on one line; those of Kysely's builders as far as they tell. */
export const statementsOf = (migration: string): string[] => onOneLine(textsOf(migration));

/** Whether it adds, changes or removes a column on its way up. */
export const touchesColumn = (migration: string, table: string, column: string): boolean =>
  touchColumn(textsOf(migration), table, column);

const textsOf = (migration: string) =>
  inOrder([...sqlOf(migration), ...builtStatements(wayOf(migration, 'up'))]);

/** The SQL of a migration, there and back, as a person would write it into one. */
export const sqlIn = ({ content }: { content: string }): Ways => ({
  up: inOrder(sqlOf(content, 'up')).map(plain),
  down: inOrder(sqlOf(content, 'down')).map(plain),
});

/** A text without the signs and the indentation that it has in code. */
function plain(text: string): string {
  const lines = text.replace(/\\(.)/g, '$1').trim().split('\n');
  const depths = lines.slice(1).map((line) => line.search(/\S|$/));
  const depth = Math.min(...depths);
  return lines.map((line, at) => (at === 0 ? line : line.slice(depth))).join('\n');
}

type Way = 'up' | 'down';

const sqlOf = (migration: string, way: Way = 'up'): Placed[] =>
  [...wayOf(migration, way).matchAll(/\bsql(?:<\w+>)?`((?:[^`\\]|\\.)*)`/g)].map(
    ({ index: at, 1: text = '' }) => ({ at, text }),
  );

/** The part of a migration that is run to get its effect, or to take it back. */
function wayOf(migration: string, way: Way): string {
  const parts = migration.split(/^(?=export )/m);
  const start = new RegExp(`^export (?:async function|function|const) ${way}\\b`);
  return parts.find((part) => start.test(part)) ?? (way === 'up' ? migration : '');
}
