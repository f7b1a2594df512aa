import { Argument, Command, Option } from 'commander';
import { none } from '../manifest/choice-values.ts';
import { flagOf } from '../manifest/endpoint-settings.ts';
import { projectChoices } from '../manifest/project-settings.ts';
import { CREATE } from '../manifest/tool.ts';
import type { Stacks } from '../stacks/stack.ts';
import { version } from './package.ts';

/** `create-backend`, which creates projects on these stacks. */
export function createProgram(stacks: Stacks): Command {
  const program = new Command('create-backend')
    .description('Creates a backend that is typed, validated, documented and tested.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addArgument(new Argument('[directory]', 'where to create it, such as my-api'));
  for (const [name, { takes, help, isList, values }] of projectChoices) {
    const all = [...values(stacks, {}), ...(isList ? [none] : [])].join(', ');
    program.addOption(new Option(`--${flagOf(name)} <${takes}>`, `${help}: ${all}`));
  }
  return program
    .option('--no-install', 'do not install the dependencies')
    .option('--no-git', 'do not create a git repository')
    .option('-y, --yes', 'ask no questions, use the defaults')
    .option('--dry-run', 'show what would be created, write nothing')
    .option('--json', 'print plan and result as JSON, ask no questions')
    .addHelpText(
      'after',
      `
Examples:
  ${CREATE} my-api          asks a few questions
  ${CREATE} my-api --yes    uses the defaults`,
    )
    .action(async (directory: string | undefined, _options: object, command: Command) => {
      const { createBackend } = await import('./create.ts');
      await createBackend(directory, command, stacks);
    });
}
