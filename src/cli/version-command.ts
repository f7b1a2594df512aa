import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen version`, and `gen version remove`. */
export function addVersionCommand(program: Command, stacks: Stacks): void {
  const version = program
    .command('version')
    .summary('add a newer version of the API beside the one of now')
    .description(
      'Moves the API to a newer base path, and serves the old one beside it, which keeps its endpoints as clients know them.',
    )
    .usage('[options] <name>\n       gen version remove [options] <name>')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addArgument(new Argument('<name>', 'of the newer version, such as v2'))
    .option('--sunset <day>', 'until when the old one is served, such as 2027-05-28')
    .action(async (name: string, _options: object, command: Command) => {
      const { genVersion } = await import('./gen-version.ts');
      await genVersion(name, command, stacks);
    });
  withChangeFlags(version, 'replace files that were not generated');
  addRemoval(version, stacks);
}

function addRemoval(version: Command, stacks: Stacks): void {
  const remove = version
    .command('remove')
    .summary('remove an old version')
    .description('Removes an old version of the API: its base path, and its shapes of endpoints.')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<name>', 'of the old version, such as v1'))
    .action(async (name: string, _options: object, command: Command) => {
      const { removeOldVersion } = await import('./gen-version.ts');
      await removeOldVersion(name, command, stacks);
    });
  withChangeFlags(remove, 'remove files that were not generated');
}
