import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen field add`. */
export function addFieldAddCommand(field: Command, stacks: Stacks): void {
  const command = field
    .command('add')
    .summary('add fields')
    .description('Adds fields, such as: gen field add posts summary:text:optional')
    .helpOption('-h, --help', 'print this help')
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'name:type[:modifier...]')
    .action(async (endpoint: string, fields: string[], _options: object, command: Command) => {
      const { genField } = await import('./gen-field.ts');
      await genField({ kind: 'add', endpoint, fields }, command, stacks);
    });
  withChangeFlags(command, 'allow changes that lose data');
}
