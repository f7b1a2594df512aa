import type { Words } from '../postgres/named.ts';
import { onOneLine, tablesIn, touchColumn } from '../postgres/named.ts';
import type { TablesOf } from '../stack.ts';

/** The calls of Kysely's builders. */
const calls: Words = {
  creating: ['createTable(', 'renameTo('],
  dropping: ['dropTable('],
  touching: ['alterTable(', 'insertInto(', 'updateTable(', 'deleteFrom(', '.on('],
};

/** Which tables a migration in TypeScript affects on its way up. */
export const tablesOf = (migration: string): TablesOf => tablesIn(wayUp(migration), calls);

/** The SQL statements of its way up, each on one line. */
export const statementsOf = (migration: string): string[] => onOneLine(sqlOf(migration));

/** Whether it adds, changes or removes a column on its way up. */
export const touchesColumn = (migration: string, table: string, column: string): boolean =>
  touchColumn(sqlOf(migration), table, column);

const sqlOf = (migration: string) =>
  [...wayUp(migration).matchAll(/\bsql`((?:[^`\\]|\\.)*)`/g)].map(([, text = '']) => text);

/** The part of a migration that runs on its way up. */
function wayUp(migration: string): string {
  const parts = migration.split(/^(?=export )/m);
  const isUp = (part: string) => /^export (?:async function|function|const) up\b/.test(part);
  return parts.find(isUp) ?? migration;
}
