import type { Command } from 'commander';
import { clientPlaces } from '../stacks/extras/client/place.ts';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addClientCommand(program: Command, stacks: Stacks): void {
  const client = program
    .command('client')
    .summary('add a typed client of the API')
    .description(
      'Adds a client in one file without dependencies, which other commands keep up to date.',
    )
    .helpOption('-h, --help', 'print this help')
    .option('--out <file>', clientPlaces)
    .option('--check', 'write nothing, exit with 1 if the file is missing or stale')
    .action(async (_options: object, command: Command) => {
      const { genClient } = await import('./gen-client.ts');
      await genClient(command, stacks);
    });
  withChangeFlags(client, 'replace a file that is no such client');
}
