import type { Plan } from '../manifest/change.ts';
import { parseMigrationName } from '../manifest/migration-name.ts';
import type { Stack } from '../stacks/stack.ts';
import { nextTimestamp } from './migration-time.ts';
import type { ProjectFiles } from './project-files.ts';

/** An empty migration that runs after all others; throws a UserError for a name that is taken. */
export function planMigration(typed: string, stack: Stack, files: ProjectFiles, clock: Date): Plan {
  const existing = files.list(stack.migrations);
  const name = parseMigrationName(typed, existing.filter(stack.isMigration));
  const file = stack.renderEmpty(name, nextTimestamp(existing, clock));
  return { changes: [{ kind: 'create', ...file }], steps: [], notices: [] };
}
