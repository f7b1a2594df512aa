import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addDiffApiCommand(program: Command, stacks: Stacks): void {
  program
    .command('diff-api')
    .summary('say what breaks clients since a git revision')
    .description(
      'Compares the OpenAPI document of the code with that of a git revision, and lists what\n' +
        'breaks clients. Exits with 1 if anything does. The code of then runs in a temporary\n' +
        'folder; nothing is written to the project.',
    )
    .argument('<revision>', 'what to compare with: a commit, a branch or a tag')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print as JSON')
    .action(async (revision: string, options: object) => {
      const { genDiffApi } = await import('./gen-diff-api.ts');
      await genDiffApi(revision, options, stacks);
    });
}
