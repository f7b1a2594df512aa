import { Argument, Command, Option } from 'commander';
import { packageManagers } from '../spec/manifest.ts';
import { version } from './package.ts';
import { runProgram } from './run.ts';

const program = new Command('create-backend')
  .description('Makes a backend: typed, validated, documented, tested, and running at once.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })
  .addArgument(new Argument('[directory]', 'where to make it, such as my-api'))
  .addOption(new Option('--stack <stack>', 'what it is made of').choices(['express']))
  .addOption(new Option('--auth <kind>', 'how callers prove who they are').choices(['none']))
  .addOption(
    new Option('--package-manager <name>', 'what installs the dependencies').choices([
      ...packageManagers,
    ]),
  )
  .option('--no-install', 'do not install the dependencies')
  .option('--no-git', 'do not make a git repository')
  .option('-y, --yes', 'ask nothing, take the defaults')
  .option('--dry-run', 'show what would be made, make nothing')
  .option('--json', 'print the plan and the result as one JSON document')
  .addHelpText('after', '\nExample:\n  npx create-backend my-api')
  .action(async (directory: string | undefined, _options: object, command: Command) => {
    const { createBackend } = await import('./create.ts');
    await createBackend(directory, command);
  });

await runProgram(program, process.argv.slice(2));
