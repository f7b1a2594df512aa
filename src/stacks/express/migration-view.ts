import type { SqlMigration } from '../postgres/migrations.ts';
import { inTemplateLiteral } from '../typescript/literal.ts';

/** A statement on one line, or over several. */
type Statement = { lines: string[] | false; text: string };

/** The view of the template of a migration. `name` is the name of the file without its time. */
export type MigrationView = { name: string; up: Statement[]; down: Statement[] };

export const migrationView = ({ name, up, down }: SqlMigration): MigrationView => ({
  name,
  up: up.map(statementView),
  down: down.map(statementView),
});

/** The room between the backticks on a line of 100 characters. */
const longestLine = 74;

function statementView(statement: string): Statement {
  const text = inTemplateLiteral(statement);
  const isLong = text.includes('\n') || text.length > longestLine;
  return { lines: isLong && text.split('\n'), text };
}
