import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addStatusCommand(program: Command, stacks: Stacks): void {
  program
    .command('status')
    .summary('show what was edited, and whether anything is missing')
    .description(
      'Compares every generated file with what this tool generates, and checks the\n' +
        'wiring and the migrations of every endpoint. Exits with 1 if any is missing.',
    )
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print everything as JSON')
    .action(async (options: object) => {
      const { genStatus } = await import('./gen-status.ts');
      await genStatus(options, stacks);
    });
}
