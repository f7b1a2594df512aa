import { Argument, Command, Option } from 'commander';
import { auths } from '../manifest/choices.ts';
import { CREATE } from '../manifest/tool.ts';
import type { Stacks } from '../stacks/stack.ts';
import { version } from './package.ts';

/** `create-backend`, which makes projects on these stacks. */
export function createProgram(stacks: Stacks): Command {
  const names = Object.keys(stacks).join(', ');
  const managers = Object.values(stacks).flatMap(({ rules }) => rules.packageManagers);
  return new Command('create-backend')
    .description('Makes a backend: typed, validated, documented, tested, and running at once.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addArgument(new Argument('[directory]', 'where to make it, such as my-api'))
    .addOption(new Option('--stack <stack>', `what it is made of: ${names}`))
    .addOption(new Option('--auth <kind>', `how callers prove who they are: ${auths.join(', ')}`))
    .addOption(new Option('--package-manager <name>', [...new Set(managers)].join(', ')))
    .option('--no-install', 'do not install the dependencies')
    .option('--no-git', 'do not make a git repository')
    .option('-y, --yes', 'ask nothing, take the defaults')
    .option('--dry-run', 'show what would be made, make nothing')
    .option('--json', 'ask nothing, print the plan and the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ${CREATE} my-api          asks what is open
  ${CREATE} my-api --yes    asks nothing`,
    )
    .action(async (directory: string | undefined, _options: object, command: Command) => {
      const { createBackend } = await import('./create.ts');
      await createBackend(directory, command, stacks);
    });
}
