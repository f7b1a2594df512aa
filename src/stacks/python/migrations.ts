import type { Ways } from '../postgres/migrations.ts';
import type { Placed, Words } from '../postgres/named.ts';
import { inOrder, onOneLine, tablesIn, touchColumn } from '../postgres/named.ts';
import type { TablesOf } from '../stack.ts';
import { calledStatements } from './called-statements.ts';

/** The operations of Alembic, as a person may write them. */
const calls: Words = {
  creating: ['op.create_table('],
  dropping: ['op.drop_table('],
  touching: ['op.add_column(', 'op.drop_column(', 'op.alter_column(', 'op.rename_table('],
};

/** Which tables a migration in Python affects on its way up. */
export const tablesOf = (migration: string): TablesOf =>
  tablesIn(wayOf(migration, 'upgrade'), calls);

/** The statements of its way up, each on one line; those of Alembic's operations as far as they tell. */
export const statementsOf = (migration: string): string[] => onOneLine(textsOf(migration));

/** Whether it adds, changes or removes a column on its way up. */
export const touchesColumn = (migration: string, table: string, column: string): boolean =>
  touchColumn(textsOf(migration), table, column);

const textsOf = (migration: string) =>
  inOrder([...sqlOf(migration, 'upgrade'), ...calledStatements(wayOf(migration, 'upgrade'))]);

/** The SQL of a migration, there and back, as a person would write it into one. */
export const sqlIn = ({ content }: { content: string }): Ways => ({
  up: inOrder(sqlOf(content, 'upgrade')).map(plain),
  down: inOrder(sqlOf(content, 'downgrade')).map(plain),
});

/** A text without the signs and the indentation that it has in code. */
function plain(text: string): string {
  const lines = text.replace(/\\(.)/g, '$1').trim().split('\n');
  const depths = lines.slice(1).map((line) => line.search(/\S|$/));
  const depth = Math.min(...depths);
  return lines.map((line, at) => (at === 0 ? line : line.slice(depth))).join('\n');
}

type Way = 'upgrade' | 'downgrade';

const literals = /[rR]?("""|'''|"|')((?:[^\\]|\\[\s\S])*?)\1/g;
const called = /\b(?:execute|text)\(\s*((?:[rR]?("""|'''|"|')(?:[^\\]|\\[\s\S])*?\2\s*)+)/g;

/** Literals that stand side by side are one text. */
const sqlOf = (migration: string, way: Way): Placed[] =>
  [...wayOf(migration, way).matchAll(called)].map(({ index: at, 1: texts = '' }) => ({
    at,
    text: [...texts.matchAll(literals)].map(([, , text = '']) => text).join(''),
  }));

/** The part of a migration that is run to get its effect, or to take it back. */
function wayOf(migration: string, way: Way): string {
  const parts = migration.split(/^(?=(?:async )?def )/m);
  const start = new RegExp(`^(?:async )?def ${way}\\b`);
  return parts.find((part) => start.test(part)) ?? (way === 'upgrade' ? migration : '');
}
