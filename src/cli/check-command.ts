import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addCheckCommand(program: Command, stacks: Stacks): void {
  program
    .command('check')
    .summary('try on a running service what backend.json promises')
    .description(
      'Tries on a running service every promise that backend.json makes over HTTP, whoever wrote\n' +
        'the service and in which language. It makes rows and users there, and deletes the rows\n' +
        'again: use a service whose data you can lose.',
    )
    .argument('<url>', 'where the service listens, such as http://localhost:3000')
    .helpOption('-h, --help', 'print this help')
    .option('--token <token>', 'access token of a user who administers, to try every role')
    .option('-y, --yes', 'also check a service on another machine')
    .option('--json', 'print as JSON')
    .action(async (url: string, options: object) => {
      const { genCheck } = await import('./gen-check.ts');
      await genCheck(url, options, stacks);
    });
}
