import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen field remove`. */
export function addFieldRemoveCommand(field: Command, stacks: Stacks): void {
  const command = field
    .command('remove')
    .summary('remove fields with their data')
    .description('Removes fields with their data: gen field remove posts note --force')
    .helpOption('-h, --help', 'print this help')
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'the names of the fields')
    .action(async (endpoint: string, names: string[], _options: object, command: Command) => {
      const { genField } = await import('./gen-field.ts');
      await genField({ kind: 'remove', endpoint, names }, command, stacks);
    });
  withChangeFlags(command, 'allow changes that lose data');
}
