import type { Command } from 'commander';
import { Option } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

/** `gen render`, hidden: a later version asks this one what it rendered. */
export function addRenderCommand(program: Command, stacks: Stacks): void {
  program
    .command('render', { hidden: true })
    .description('Prints every rendered file as JSON.')
    .addOption(
      new Option('--tool <reference>', 'how the project depends on this tool').default('*'),
    )
    .action(async (options: object) => {
      const { genRender } = await import('./gen-render.ts');
      await genRender(options, stacks);
    });
}
