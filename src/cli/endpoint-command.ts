import type { Command } from 'commander';
import { Argument } from 'commander';
import { flagOf, settingNames, settingRow } from '../manifest/endpoint-settings.ts';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';
import { fieldHelp } from './field-help.ts';
import { addRenameCommand } from './rename-command.ts';

/** `gen endpoint`, which adds an endpoint, and `gen endpoint rename`. */
export function addEndpointCommand(program: Command, stacks: Stacks): void {
  const endpoint = program
    .command('endpoint')
    .summary('add an endpoint with its table, routes and tests')
    .description('Adds an endpoint: migration, schemas, repository, service, routes and tests.')
    .usage('<name> [field...] [options]\n       gen endpoint rename <from> <to> [options]')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('[name]', 'such as posts or blog-posts'))
    .addArgument(new Argument('[field...]', 'name:type[:modifier...]; without any, you are asked'))
    .addHelpText('after', fieldHelp())
    .action(
      async (name: string | undefined, fields: string[], _options: object, command: Command) => {
        const { genEndpoint } = await import('./gen-endpoint.ts');
        await genEndpoint(name, fields, command, stacks);
      },
    );
  for (const name of settingNames) {
    const { takes, help } = settingRow(name);
    endpoint.option(takes ? `--${flagOf(name)} <${takes}>` : `--no-${flagOf(name)}`, help);
  }
  endpoint
    .option('--singular <name>', 'the singular, if it is irregular')
    .option('--plural <name>', 'the plural, if it is irregular');
  withChangeFlags(endpoint, 'replace files that were not generated');
  addRenameCommand(endpoint, stacks);
}
