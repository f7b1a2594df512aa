import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen field change`. */
export function addFieldChangeCommand(field: Command, stacks: Stacks): void {
  const command = field
    .command('change')
    .summary('change the type or modifiers')
    .description('Changes the definition of fields: gen field change posts price:decimal:min=0')
    .helpOption('-h, --help', 'print this help')
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'name:type[:modifier...], the whole new definition')
    .action(async (endpoint: string, fields: string[], _options: object, command: Command) => {
      const { genField } = await import('./gen-field.ts');
      await genField({ kind: 'change', endpoint, fields }, command, stacks);
    });
  withChangeFlags(command, 'allow changes that lose data');
}
