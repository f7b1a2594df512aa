import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addEjectCommand(program: Command, stacks: Stacks): void {
  const eject = program
    .command('eject')
    .summary('copy the templates of endpoints into the project')
    .description(
      'Copies the templates of endpoints into the project. New endpoints are made from the copies.',
    )
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<what>', 'which templates').choices(['endpoint']))
    .action(async (_what: string, _options: object, command: Command) => {
      const { genEject } = await import('./gen-eject.ts');
      await genEject(command, stacks);
    });
  withChangeFlags(eject, 'replace the copies that you edited');
}
