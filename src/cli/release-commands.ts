import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import { withChangeFlags } from './change-flags.ts';

/** The commands that deal with the templates themselves: newer ones, and ones of one's own. */
export function addReleaseCommands(program: Command): void {
  const upgrade = program
    .command('upgrade')
    .summary('bring a project of an earlier version up to this one')
    .description('Merges what this version renders into a project of an earlier one.')
    .helpOption('-h, --help', 'print this help')
    .action(async (_options: object, command: Command) => {
      const { genUpgrade } = await import('./gen-upgrade.ts');
      await genUpgrade(command);
    });
  withChangeFlags(upgrade, 'replace files that are in the way');

  const eject = program
    .command('eject')
    .summary('make the templates of endpoints your own')
    .description(
      'Copies the templates of endpoints into the project, where yours win from then on.',
    )
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<what>', 'what they render').choices(['endpoint']))
    .action(async (_what: string, _options: object, command: Command) => {
      const { genEject } = await import('./gen-eject.ts');
      await genEject(command);
    });
  withChangeFlags(eject, 'replace those that you edited');

  program
    .command('render', { hidden: true })
    .description('Prints every rendered file as JSON.')
    .addOption(new Option('--tool <reference>', 'how package.json names this tool').default('*'))
    .action(async (options: object) => {
      const { genRender } = await import('./gen-render.ts');
      await genRender(options);
    });
}
