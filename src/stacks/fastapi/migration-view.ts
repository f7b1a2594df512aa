import type { SqlMigration } from '../postgres/migrations.ts';
import { toLiteral } from '../python/literal.ts';

/** A statement on one line, or over several between these quotes. */
type Statement = { lines: string[] | false; quote: string; text: string };

/** What the template of a migration names; `name` is that of the file, behind its time. */
export type MigrationView = { name: string; title: string; up: Statement[]; down: Statement[] };

export const migrationView = ({ name, up, down }: SqlMigration): MigrationView => ({
  name,
  title: name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase()),
  up: up.map(statementView),
  down: down.map(statementView),
});

/** What fits between `    execute(` and `)` on a line of 100 characters. */
const longestLine = 87;

function statementView(statement: string): Statement {
  const text = toLiteral(statement);
  const isLong = statement.includes('\n') || text.length > longestLine;
  const escaped = statement.replaceAll('\\', '\\\\').replaceAll('"""', '\\"""');
  return { lines: isLong && escaped.split('\n'), quote: '"""', text };
}
