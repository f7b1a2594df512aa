import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { addFieldAddCommand } from './field-add-command.ts';
import { addFieldChangeCommand } from './field-change-command.ts';
import { addFieldRemoveCommand } from './field-remove-command.ts';
import { addFieldRenameCommand } from './field-rename-command.ts';

/** `gen field` with its commands. */
export function addFieldCommand(program: Command, stacks: Stacks): void {
  const field = program
    .command('field')
    .summary('add, change, rename or remove fields of an endpoint')
    .description('Changes the fields of an endpoint: its code, and its table by a migration.')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false);
  addFieldAddCommand(field, stacks);
  addFieldChangeCommand(field, stacks);
  addFieldRenameCommand(field, stacks);
  addFieldRemoveCommand(field, stacks);
}
