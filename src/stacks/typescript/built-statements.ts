import type { Placed } from '../postgres/named.ts';

const word = String.raw`\s*["'\x60]([\w.]+)["'\x60]`;
const chain = new RegExp(
  String.raw`\b(createTable|createView|alterTable|dropTable|dropView)\(${word}\s*\)((?:(?!\.execute\()[\s\S])*)`,
  'g',
);
const actions = new RegExp(
  String.raw`\.(addColumn|dropColumn|renameColumn|renameTo|alterColumn)\(${word}(?:\s*,${word})?`,
  'g',
);

/** What the calls of Kysely's schema builder do, as SQL that leaves out types and columns of new tables. */
export const builtStatements = (code: string): Placed[] =>
  [...code.matchAll(chain)].flatMap(({ index: at, 1: call, 2: name = '', 3: rest = '' }) =>
    statementsOf(call, name.replace(/^public\./, ''), rest).map((text) => ({ at, text })),
  );

function statementsOf(call: string | undefined, table: string, rest: string): string[] {
  switch (call) {
    case 'createTable':
      return [`create table ${careful(rest, 'ifNotExists', 'if not exists ')}${table} ()`];
    case 'createView':
      return [`create view ${table} ()`];
    case 'alterTable':
      return [...rest.matchAll(actions)].map(
        (action) => `alter table ${table} ${actionOf(action)}`,
      );
    default:
      return [`drop table ${careful(rest, 'ifExists', 'if exists ')}${table}`];
  }
}

const careful = (rest: string, call: string, words: string) =>
  rest.includes(`.${call}(`) ? words : '';

function actionOf([, call = '', name = '', other = '']: RegExpExecArray): string {
  if (call === 'renameTo') return `rename to ${name}`;
  if (call === 'renameColumn') return `rename column ${name} to ${other}`;
  return `${call.replace('Column', '')} column ${name}`;
}
