import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addUpgradeCommand(program: Command, stacks: Stacks): void {
  const upgrade = program
    .command('upgrade')
    .summary('bring a project of an earlier version up to this one')
    .description('Merges what this version renders into a project of an earlier one.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUpgrade } = await import('./gen-upgrade.ts');
      await genUpgrade(command, stacks);
    });
  withChangeFlags(upgrade, 'replace files that are in the way');
}
