import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addStatusCommand(program: Command, stacks: Stacks): void {
  program
    .command('status')
    .summary('tell what was edited, and whether anything is missing')
    .description(
      'Compares every generated file with what is generated, and looks for the\n' +
        'lines and the migrations of every endpoint. Ends with 1 where one is missing.',
    )
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print everything as JSON')
    .action(async (options: object) => {
      const { genStatus } = await import('./gen-status.ts');
      await genStatus(options, stacks);
    });
}
