import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';
import { extraNames } from './extra-names.ts';

export function addRemoveCommand(program: Command, stacks: Stacks): void {
  const remove = program
    .command('remove')
    .summary('remove an endpoint with its files, routes and table')
    .description(
      'Removes an endpoint and drops its table by a migration, or removes what a command added. Edited files stay.',
    )
    .helpOption('-h, --help', 'print this help')
    .addArgument(
      new Argument('<what>', 'what to remove').choices(['endpoint', 'service', ...extraNames]),
    )
    .addArgument(new Argument('[name]', 'of an endpoint or a service, such as posts'))
    .action(async (what: string, name: string | undefined, _options: object, command: Command) => {
      const { genRemove } = await import('./gen-remove.ts');
      await genRemove(what, name, command, stacks);
    });
  withChangeFlags(remove, 'allow changes that lose data');
}
