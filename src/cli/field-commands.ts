import type { Command } from 'commander';
import type { FieldRequest } from '../manifest/field-command.ts';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen field` and what it does. */
export function addFieldCommands(program: Command, stacks: Stacks): void {
  const field = program
    .command('field')
    .summary('add, change, rename or remove fields of an endpoint')
    .description('Changes the fields of an endpoint: its table by a migration, and its code.')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false);

  const run = async (request: FieldRequest, command: Command) => {
    const { genField } = await import('./gen-field.ts');
    await genField(request, command, stacks);
  };
  const sub = (name: string, summary: string, description: string) =>
    withChangeFlags(
      field
        .command(name)
        .summary(summary)
        .description(description)
        .helpOption('-h, --help', 'print this help'),
      'go on where rows could lose data',
    );

  sub('add', 'add fields', 'Adds fields, such as: gen field add posts summary:text:optional')
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'name:type[:modifier...]')
    .action((endpoint: string, fields: string[], _options: object, command: Command) =>
      run({ kind: 'add', endpoint, fields }, command),
    );
  sub(
    'change',
    'make fields what you type',
    'Makes fields what you type, such as: gen field change posts price:decimal:min=0',
  )
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'name:type[:modifier...], whole, as it is to be')
    .action((endpoint: string, fields: string[], _options: object, command: Command) =>
      run({ kind: 'change', endpoint, fields }, command),
    );
  sub(
    'rename',
    'rename a field',
    'Renames a field and keeps its data: gen field rename posts title headline',
  )
    .argument('<endpoint>', 'such as posts')
    .argument('<from>', 'its name')
    .argument('<to>', 'its new name')
    .action((endpoint: string, from: string, to: string, _options: object, command: Command) =>
      run({ kind: 'rename', endpoint, from, to }, command),
    );
  sub(
    'remove',
    'remove fields with their data',
    'Removes fields with their data: gen field remove posts note --force',
  )
    .argument('<endpoint>', 'such as posts')
    .argument('<field...>', 'their names')
    .action((endpoint: string, names: string[], _options: object, command: Command) =>
      run({ kind: 'remove', endpoint, names }, command),
    );
}
