import type { Command } from 'commander';
import { UserError } from '../manifest/errors.ts';
import { runProgram } from './run.ts';
import { pathOf } from './typed-flags.ts';
import { commandWords } from './words.ts';

const shows = ['--dry-run', '--diff'];

/** `gen apply-plan`: runs a command that writes nothing unless its plan has this digest. */
export async function genApplyPlan(
  digest: string,
  typed: readonly string[],
  program: Command,
): Promise<void> {
  const words = commandWords(typed).filter((word) => !shows.includes(word));
  program.hook('preAction', (_program, command) => {
    // Options of the program count for all of its commands.
    program.setOptionValue('digest', digest);
    program.setOptionValue('yes', true);
    if (command.options.some(({ long }) => long === '--dry-run')) return;
    const found = `\`${pathOf(command)}\` has no plan.`;
    const expected = 'Expected a command that changes the project.';
    throw new UserError([{ found, expected }], `${program.name()} apply-plan --help`);
  });
  await runProgram(program, words);
}
