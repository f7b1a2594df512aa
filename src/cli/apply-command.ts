import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addApplyCommand(program: Command, stacks: Stacks): void {
  const apply = program
    .command('apply')
    .summary('update the code after you edited backend.json')
    .description('Updates the code to match backend.json, and adds the migrations that it needs.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genApply } = await import('./gen-apply.ts');
      await genApply(command, stacks);
    });
  withChangeFlags(apply, 'allow changes that lose data, replace files that were not generated');
}
