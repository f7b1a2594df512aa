import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addUndoCommand(program: Command, stacks: Stacks): void {
  const undo = program
    .command('undo')
    .summary('undo the last command that changed the project')
    .description('Undoes the last command, unless one of its files was changed since.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUndo } = await import('./gen-undo.ts');
      await genUndo(command, stacks);
    });
  withChangeFlags(undo, 'allow changes that lose data');
}
