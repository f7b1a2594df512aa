import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addCollectionsCommand(program: Command, stacks: Stacks): void {
  const collections = program
    .command('collections')
    .summary('add requests for Postman, Insomnia and Bruno')
    .description(
      'Adds collections of requests that Postman, Insomnia and Bruno run. They follow backend.json from then on.',
    )
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genExtra } = await import('./gen-extra.ts');
      await genExtra('collections', command, stacks);
    });
  withChangeFlags(collections, 'replace files that were not generated');
}
