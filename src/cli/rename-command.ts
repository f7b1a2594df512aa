import type { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { withChangeFlags } from './change-flags.ts';

/** `gen endpoint rename`; any other word after `gen endpoint` is the name of a new endpoint. */
export function addRenameCommand(endpoint: Command, stacks: Stacks): void {
  const rename = endpoint
    .enablePositionalOptions()
    .helpCommand(false)
    .command('rename')
    .summary('rename an endpoint: its table, files, routes and references')
    .description('Renames an endpoint and keeps its rows: gen endpoint rename tags labels')
    .usage('<from> <to> [options]')
    .helpOption('-h, --help', 'print this help')
    .argument('[from]', 'the current name')
    .argument('[to]', 'the new name, singular or plural')
    .option('--singular <name>', 'the singular, if it is irregular')
    .action(
      async (from: string | undefined, to: string | undefined, _: object, command: Command) => {
        const { genRename } = await import('./gen-rename.ts');
        await genRename({ from, to }, command, stacks);
      },
    );
  withChangeFlags(rename, 'replace files that were not generated');
}
