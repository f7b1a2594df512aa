import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addUndoCommand(program: Command, stacks: Stacks): void {
  const undo = program
    .command('undo')
    .summary('take back the last command')
    .description('Takes back the last command, unless something was built on it since.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUndo } = await import('./gen-undo.ts');
      await genUndo(command, stacks);
    });
  withChangeFlags(undo, 'go on where rows could lose data');
}
