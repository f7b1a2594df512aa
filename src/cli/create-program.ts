import { Argument, Command, Option } from 'commander';
import { auths, packageManagers, stacks } from '../manifest/choices.ts';
import { version } from './package.ts';

/** `create-backend`. */
export function createProgram(): Command {
  return new Command('create-backend')
    .description('Makes a backend: typed, validated, documented, tested, and running at once.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addArgument(new Argument('[directory]', 'where to make it, such as my-api'))
    .addOption(new Option('--stack <stack>', `what it is made of: ${stacks.join(', ')}`))
    .addOption(new Option('--auth <kind>', `how callers prove who they are: ${auths.join(', ')}`))
    .addOption(new Option('--package-manager <name>', packageManagers.join(', ')))
    .option('--no-install', 'do not install the dependencies')
    .option('--no-git', 'do not make a git repository')
    .option('-y, --yes', 'ask nothing, take the defaults')
    .option('--dry-run', 'show what would be made, make nothing')
    .option('--json', 'ask nothing, print the plan and the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx create-backend my-api          asks what is open
  npx create-backend my-api --yes    asks nothing`,
    )
    .action(async (directory: string | undefined, _options: object, command: Command) => {
      const { createBackend } = await import('./create.ts');
      await createBackend(directory, command);
    });
}
