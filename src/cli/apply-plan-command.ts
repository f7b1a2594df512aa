import type { Command } from 'commander';
import { Argument } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addApplyPlanCommand(
  program: Command,
  _stacks: Stacks,
  newProgram: () => Command,
): void {
  program
    .command('apply-plan')
    .summary('run a command if its plan is still the one you saw')
    .description(
      'Plans the command again, and writes only if the plan still has this digest, which\n' +
        '`--dry-run --json` prints. It asks no questions.',
    )
    .usage('<digest> -- <command...>')
    .helpOption('-h, --help', 'print this help')
    .addArgument(new Argument('<digest>', 'the digest of the plan that may be written'))
    .addArgument(new Argument('<command...>', 'such as endpoint posts title:string'))
    .addHelpText('after', EXAMPLE)
    .action(async (digest: string, words: string[]) => {
      const { genApplyPlan } = await import('./gen-apply-plan.ts');
      await genApplyPlan(digest, words, newProgram());
    });
}

const EXAMPLE = `
Example:
  gen endpoint posts title:string --dry-run --json
  gen apply-plan 5f0e1cb4a9b1d8a35f0e1cb4a9b1d8a3 -- endpoint posts title:string`;
