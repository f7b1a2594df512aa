import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

export function addServiceCommand(program: Command, stacks: Stacks): void {
  const service = program
    .command('service')
    .summary('add a client of another service')
    .description(
      'Adds a client of another service, with deadlines, retries, a circuit breaker and tests.',
    )
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<name>', 'such as payments'))
    .option('--required', 'this backend is not ready while the service is away')
    .option('--webhook', 'the service sends signed events to a route of its own')
    .action(async (name: string, _options: object, command: Command) => {
      const { genService } = await import('./gen-service.ts');
      await genService(name, command, stacks);
    });
  withChangeFlags(service, 'replace files that were not generated');
}
