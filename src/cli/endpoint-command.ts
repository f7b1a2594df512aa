import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import { operations, paginations } from '../manifest/choices.ts';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';
import { fieldHelp } from './field-help.ts';
import { addRenameCommand } from './rename-command.ts';

/** `gen endpoint`, which adds one, and what it has below. */
export function addEndpointCommand(program: Command, stacks: Stacks): void {
  const endpoint = program
    .command('endpoint')
    .summary('add an endpoint: its table, its routes, its tests')
    .description('Adds an endpoint with its table: a whole vertical slice, wired and tested.')
    .usage('<name> [field...] [options]\n       gen endpoint rename <from> <to> [options]')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('[name]', 'such as posts or blog-posts'))
    .addArgument(new Argument('[field...]', 'name:type[:modifier...]; asked for if there is none'))
    .addOption(new Option('--pagination <kind>', `how lists are paged: ${paginations.join(', ')}`))
    .option('--only <operations>', `some of ${operations.join(',')}`)
    .option('--under <parent>', 'also list and create under another endpoint')
    .option('--access <rules>', 'who may what, such as read=public,delete=admin')
    .option('--rate-limit <rate>', 'how many requests a client may send, such as 100/minute')
    .option('--singular <name>', 'the singular, where it is not the usual one')
    .option('--plural <name>', 'the plural, where it is not the usual one')
    .addHelpText('after', fieldHelp())
    .action(
      async (name: string | undefined, fields: string[], _options: object, command: Command) => {
        const { genEndpoint } = await import('./gen-endpoint.ts');
        await genEndpoint(name, fields, command, stacks);
      },
    );
  withChangeFlags(endpoint, 'replace files that are in the way');
  addRenameCommand(endpoint, stacks);
}
