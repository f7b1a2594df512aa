import { Argument, Command, Option } from 'commander';
import { operations, paginations } from '../manifest/choices.ts';
import { withChangeFlags } from './change-flags.ts';
import { addFieldCommands } from './field-commands.ts';
import { fieldHelp } from './field-help.ts';
import { addLookCommands } from './look-commands.ts';
import { version } from './package.ts';
import { addReleaseCommands } from './release-commands.ts';
import { addRenameCommand } from './rename-command.ts';

/** `gen` with all of its commands. */
export function genProgram(): Command {
  const program = new Command('gen')
    .description('Grows a backend that create-backend made.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

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
        await genEndpoint(name, fields, command);
      },
    );
  withChangeFlags(endpoint, 'replace files that are in the way');
  addRenameCommand(endpoint);

  addFieldCommands(program);

  const remove = program
    .command('remove')
    .summary('remove an endpoint: its files, its routes, its table')
    .description('Removes an endpoint. Files that you edited stay; a migration drops its table.')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<what>', 'what it is').choices(['endpoint']))
    .addArgument(new Argument('<name>', 'such as posts'))
    .action(async (_what: string, name: string, _options: object, command: Command) => {
      const { genRemove } = await import('./gen-remove.ts');
      await genRemove(name, command);
    });
  withChangeFlags(remove, 'go on where rows could lose data');

  const apply = program
    .command('apply')
    .summary('let the code follow what you edited in backend.json')
    .description('Lets the code follow what you edited in backend.json.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genApply } = await import('./gen-apply.ts');
      await genApply(command);
    });
  withChangeFlags(apply, 'go on where rows could lose data, replace files that are in the way');

  const undo = program
    .command('undo')
    .summary('take back the last command')
    .description('Takes back the last command, unless something was built on it since.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUndo } = await import('./gen-undo.ts');
      await genUndo(command);
    });
  withChangeFlags(undo, 'go on where rows could lose data');

  addLookCommands(program);
  addReleaseCommands(program);
  return program;
}
