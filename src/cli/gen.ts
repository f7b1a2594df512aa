import { Argument, Command, Option } from 'commander';
import { operations, paginations } from '../spec/manifest.ts';
import { version } from './package.ts';
import { runProgram } from './run.ts';

const program = new Command('gen')
  .description('Grows a backend that create-backend made.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

program
  .command('endpoint')
  .description('Add an endpoint with its table: a whole vertical slice, wired and tested.')
  .addArgument(new Argument('<name>', 'such as posts or blog-posts'))
  .addArgument(new Argument('[fields...]', 'name:type[:modifier...], such as title:string:max=120'))
  .addOption(new Option('--pagination <kind>', 'how lists are paged').choices([...paginations]))
  .option('--only <operations>', `some of ${operations.join(',')}`)
  .option('--under <parent>', 'also nest list and create under an endpoint')
  .option('--singular <name>', 'the singular, where it is not the usual one')
  .option('--plural <name>', 'the plural, where it is not the usual one')
  .option('--dry-run', 'show what would change, change nothing')
  .option('--diff', 'show it as a diff, change nothing')
  .option('--json', 'print the plan and the result as one JSON document')
  .option('-y, --yes', 'ask nothing')
  .option('--force', 'replace files that are in the way')
  .addHelpText('after', fieldHelp())
  .action(async (name: string, fields: string[], options: object) => {
    const { genEndpoint } = await import('./gen-endpoint.ts');
    await genEndpoint(name, fields, options);
  });

await runProgram(program, process.argv.slice(2));

function fieldHelp(): string {
  return `
Fields:
  name:type[:modifier...]
  types      string text integer number decimal boolean date datetime uuid email url json
             enum:draft,published  ref:users
  modifiers  list optional unique index default=x min=1 max=200 search filter sort
             private (never answered)  readonly (only the server sets it)

Example:
  gen endpoint posts title:string:max=120:search body:text author:ref:users`;
}
