import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen endpoint rename`; every other word behind `gen endpoint` is the name of a new one. */
export function addRenameCommand(endpoint: Command, stacks: Stacks): void {
  const rename = endpoint
    .enablePositionalOptions()
    .helpCommand(false)
    .command('rename')
    .summary('rename an endpoint: its table, its files, its routes, what refers to it')
    .description('Renames an endpoint and keeps its rows: gen endpoint rename tags labels')
    .usage('<from> <to> [options]')
    .helpOption('-h, --help', 'print this help')
    .argument('[from]', 'its name')
    .argument('[to]', 'its new name, singular or plural')
    .option('--singular <name>', 'the singular, where it is not the usual one')
    .action(
      async (from: string | undefined, to: string | undefined, _: object, command: Command) => {
        const { genRename } = await import('./gen-rename.ts');
        await genRename({ from, to }, command, stacks);
      },
    );
  withChangeFlags(rename, 'replace files that are in the way');
}
