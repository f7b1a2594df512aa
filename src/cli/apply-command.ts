import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addApplyCommand(program: Command, stacks: Stacks): void {
  const apply = program
    .command('apply')
    .summary('let the code follow what you edited in backend.json')
    .description('Lets the code follow what you edited in backend.json.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genApply } = await import('./gen-apply.ts');
      await genApply(command, stacks);
    });
  withChangeFlags(apply, 'go on where rows could lose data, replace files that are in the way');
}
