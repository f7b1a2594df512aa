import { splitSql } from '../stacks/postgres/named.ts';

/**
 * What SQL says, in a form to compare: one statement each, without comments and schema, and
 * `alter table` once for each of its actions.
 */
export const plainStatements = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => splitSql(text, ';')).flatMap(actionsOf);

function actionsOf(statement: string): string[] {
  const plain = statement.replace(/^(alter table (?:only )?)"?public"?\./i, '$1');
  const [, table, actions] =
    /^(alter table (?:if exists )?(?:only )?\S+) (.*)$/is.exec(plain) ?? [];
  if (table === undefined || actions === undefined) return [plain];
  return splitSql(actions, ',').map((action) => `${table} ${action}`);
}
