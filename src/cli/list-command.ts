import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addListCommand(program: Command, stacks: Stacks): void {
  program
    .command('list')
    .summary('list the routes: method, path, access and file')
    .description('Lists the routes that the code mounts: method, path, access and file.')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print the routes as JSON')
    .action(async (options: object) => {
      const { genList } = await import('./gen-list.ts');
      await genList(options, stacks);
    });
}
