import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addRemoveCommand(program: Command, stacks: Stacks): void {
  const remove = program
    .command('remove')
    .summary('remove an endpoint with its files, routes and table')
    .description('Removes an endpoint and drops its table by a migration. Edited files stay.')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<what>', 'what to remove').choices(['endpoint']))
    .addArgument(new Argument('<name>', 'such as posts'))
    .action(async (_what: string, name: string, _options: object, command: Command) => {
      const { genRemove } = await import('./gen-remove.ts');
      await genRemove(name, command, stacks);
    });
  withChangeFlags(remove, 'allow changes that lose data');
}
