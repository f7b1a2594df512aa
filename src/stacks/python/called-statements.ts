import type { Placed } from '../postgres/named.ts';

const word = String.raw`\s*["'](\w+)["']`;
const column = String.raw`(?:\s*(?:\w+\.)?Column\()?${word}`;
const rest = String.raw`((?:[^()]|\([^()]*\))*)`;
const ofTable = String.raw`op\.(create|drop|rename)_table\(${word}(?:\s*,${word})?`;
const ofColumn = String.raw`op\.(add|drop|alter)_column\(${word}\s*,${column}${rest}`;
const operations = new RegExp(String.raw`\b(?:${ofTable}|${ofColumn})`, 'g');
const batches = new RegExp(
  String.raw`^( *)with op\.batch_alter_table\(${word}[^\n]*:\n((?:\1 +[^\n]*\n|\s*\n)*)`,
  'gm',
);
const inBatch = new RegExp(String.raw`\.(add|drop|alter)_column\(${column}${rest}`, 'g');
const newName = new RegExp(String.raw`\bnew_column_name\s*=${word}`);

/** What the operations of Alembic do, as SQL that leaves out types and columns of new tables. */
export const calledStatements = (code: string): Placed[] => [
  ...[...code.matchAll(operations)].map(({ index: at, ...groups }) => ({
    at,
    text:
      groups[1] === undefined
        ? columnStatement(groups[4], groups[5], groups[6], groups[7])
        : tableStatement(groups[1], groups[2], groups[3]),
  })),
  ...[...code.matchAll(batches)].flatMap(({ index: at, 2: table, 3: block = '' }) =>
    [...block.matchAll(inBatch)].map(([, does, name, more]) => ({
      at,
      text: columnStatement(does, table, name, more),
    })),
  ),
];

function tableStatement(does: string, table = '', to = ''): string {
  if (does === 'rename') return `alter table ${table} rename to ${to}`;
  return does === 'create' ? `create table ${table} ()` : `drop table ${table}`;
}

function columnStatement(does = '', table = '', name = '', more = ''): string {
  const [, to] = newName.exec(more) ?? [];
  const change = to === undefined ? `${does} column ${name}` : `rename column ${name} to ${to}`;
  return `alter table ${table} ${change}`;
}
