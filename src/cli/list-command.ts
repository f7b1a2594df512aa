import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addListCommand(program: Command, stacks: Stacks): void {
  program
    .command('list')
    .summary('list the routes: method, path, access and file')
    .description('Lists the routes that the code mounts: method, path, access and file.')
    .helpOption('-h, --help', 'print this help')
    .option('--access', 'print a table of who may do what instead')
    .option('--json', 'print as JSON')
    .action(async (options: { access?: boolean }) => {
      if (options.access) {
        const { genAccess } = await import('./gen-access.ts');
        return genAccess(options, stacks);
      }
      const { genList } = await import('./gen-list.ts');
      await genList(options, stacks);
    });
}
