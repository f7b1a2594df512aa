import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen field rename`. */
export function addFieldRenameCommand(field: Command, stacks: Stacks): void {
  const command = field
    .command('rename')
    .summary('rename a field')
    .description('Renames a field and keeps its data: gen field rename posts title headline')
    .helpOption('-h, --help', 'print this help')
    .argument('<endpoint>', 'such as posts')
    .argument('<from>', 'the current name')
    .argument('<to>', 'the new name')
    .action(
      async (endpoint: string, from: string, to: string, _options: object, command: Command) => {
        const { genField } = await import('./gen-field.ts');
        await genField({ kind: 'rename', endpoint, from, to }, command, stacks);
      },
    );
  withChangeFlags(command, 'allow changes that lose data');
}
