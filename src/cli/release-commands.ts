import type { Command } from 'commander';
import { Argument } from 'commander';
import { withChangeFlags } from './change-flags.ts';

/** The commands that deal with the templates themselves. */
export function addReleaseCommands(program: Command): void {
  const eject = program
    .command('eject')
    .summary('make the templates of endpoints your own')
    .description(
      'Copies the templates of endpoints into the project, where yours win from then on.',
    )
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<what>', 'what they render').choices(['endpoint']))
    .action(async (_what: string, options: object) => {
      const { genEject } = await import('./gen-eject.ts');
      await genEject(options);
    });
  withChangeFlags(eject, 'replace those that you edited');
}
