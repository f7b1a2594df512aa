import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';

export function addDiagramCommand(program: Command, stacks: Stacks): void {
  program
    .command('diagram')
    .summary('print a diagram of the tables')
    .description('Prints the tables and their references as a Mermaid diagram, or as SVG.')
    .helpOption('-h, --help', 'print this help')
    .option('--svg', 'print SVG: gen diagram --svg > model.svg')
    .action(async (options: object) => {
      const { genDiagram } = await import('./gen-diagram.ts');
      await genDiagram(options, stacks);
    });
}
