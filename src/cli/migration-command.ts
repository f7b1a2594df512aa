import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withPlanFlags } from './change-flags.ts';

export function addMigrationCommand(program: Command, stacks: Stacks): void {
  const migration = program
    .command('migration')
    .summary('add an empty migration to write by hand')
    .description('Adds an empty migration with both ways, which runs after all others.')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<name>', 'what it does, such as add_stock_to_products'))
    .action(async (name: string, _options: object, command: Command) => {
      const { genMigration } = await import('./gen-migration.ts');
      await genMigration(name, command, stacks);
    });
  withPlanFlags(migration);
}
