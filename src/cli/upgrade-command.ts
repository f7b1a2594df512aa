import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addUpgradeCommand(program: Command, stacks: Stacks): void {
  const upgrade = program
    .command('upgrade')
    .summary('upgrade the project to this version of create-backend')
    .description('Merges what this version of create-backend generates into the project.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUpgrade } = await import('./gen-upgrade.ts');
      await genUpgrade(command, stacks);
    });
  withChangeFlags(upgrade, 'replace files that were not generated');
}
