import { Argument, Command, Option } from 'commander';
import { operations, paginations } from '../spec/choices.ts';
import { version } from './package.ts';
import { runProgram } from './run.ts';

const program = new Command('gen')
  .description('Grows a backend that create-backend made.')
  .version(version, '-v, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

program
  .command('endpoint')
  .summary('add an endpoint: its table, its routes, its tests')
  .description('Adds an endpoint with its table: a whole vertical slice, wired and tested.')
  .usage('<name> [field...] [options]')
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
  .option('--dry-run', 'show what would change, change nothing')
  .option('--diff', 'show it as a patch, change nothing')
  .option('--json', 'ask nothing, print the plan and the result as JSON')
  .option('-y, --yes', 'ask nothing')
  .option('--force', 'replace files that are in the way')
  .addHelpText('after', fieldHelp())
  .action(async (name: string | undefined, fields: string[], options: object) => {
    const { genEndpoint } = await import('./gen-endpoint.ts');
    await genEndpoint(name, fields, options);
  });

await runProgram(program, process.argv.slice(2));

function fieldHelp(): string {
  return `
Fields:
  title               is short for title:string
  title:string:max=9  has a type and modifiers

Types:
  string text integer number decimal boolean date datetime uuid email url json
  enum:draft,published    one of these values
  ref:users               the id of a row of another endpoint

Modifiers:
  list optional unique index search filter sort default=x min=1 max=200
  private                 never leaves the server
  readonly                set by the server only

Access:
  read create update delete, each for public, user, owner, moderator or admin;
  read=user,create=user,update=owner,delete=owner where nothing is said

Examples:
  gen endpoint authors name:string:max=80 email:email:unique
  gen endpoint posts title:string:search author:ref:authors --access read=public`;
}
