import type { Command } from 'commander';

/** The commands that change nothing. */
export function addLookCommands(program: Command): void {
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
      await genStatus(options);
    });
  program
    .command('list')
    .summary('list the routes: method, path, access and file')
    .description('Lists the routes: method, path, who may, and the file that answers.')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => {
      const { genList } = await import('./gen-list.ts');
      await genList(options);
    });
}
