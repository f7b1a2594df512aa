import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addVersionCommand(program: Command, stacks: Stacks): void {
  const version = program
    .command('version')
    .summary('serve a newer version of the API beside the one of now')
    .description(
      'Serves a newer version of the API beside the one of now, which goes on as it is: gen version v2',
    )
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .addArgument(new Argument('<name>', 'of the newer version, such as v2'))
    .option('--sunset <day>', 'until when the old version is served, such as 2027-05-28')
    .action(async (name: string, _options: object, command: Command) => {
      const { genVersion } = await import('./gen-version.ts');
      await genVersion(name, command, stacks);
    });
  withChangeFlags(version, 'replace files that were not generated');
  const remove = version
    .command('remove')
    .summary('remove an old version')
    .description('Removes an old version of the API: gen version remove v1')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<name>', 'of the old version, such as v1'))
    .action(async (name: string, _options: object, command: Command) => {
      const { removeOldVersion } = await import('./gen-version.ts');
      await removeOldVersion(name, command, stacks);
    });
  withChangeFlags(remove, 'replace files that were not generated');
}
