import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { AGAIN } from '../commit/refusal.ts';
import { UserError } from '../manifest/errors.ts';
import { shellWord } from '../manifest/shell.ts';
import { exitCodes } from './exit-codes.ts';
import { reportBug, reportCancelled, reportUserError } from './report-error.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';
import { pathOf, repeating, typedCommand } from './typed-flags.ts';

/** Reports an error and returns the exit code for it. */
export function reportFailure(error: unknown, program: Command, argv: string[]): number {
  const end = argv.indexOf('--');
  const json = (end < 0 ? argv : argv.slice(0, end)).includes('--json');
  const command = [program.name(), ...argv].map(shellWord).join(' ');
  if (error instanceof CommanderError && error.code === 'commander.help') {
    stderr().write(typedCommand(program, argv).helpInformation());
    return exitCodes.refused;
  }
  if (isCancelled(error)) {
    reportCancelled(json);
    return exitCodes.cancelled;
  }
  const refusal = asUserError(error, program, argv);
  if (refusal === undefined) {
    reportBug(error, typed(command), json);
    return exitCodes.bug;
  }
  const suggestion =
    refusal.command === AGAIN ? command : repeating(refusal.command, program, argv);
  reportUserError(new UserError(refusal.problems, suggestion), json);
  return exitCodes.refused;
}

function asUserError(error: unknown, program: Command, argv: string[]): UserError | undefined {
  if (error instanceof UserError) return error;
  if (error instanceof CommanderError) return fromCommander(error, program, argv);
  const isGone = error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
  if (!isGone) return undefined;
  const found = 'The current folder does not exist any more.';
  return new UserError([{ found, expected: 'Expected a folder that exists.' }], 'cd ~');
}

/** A refusal of commander as a UserError: what was found, what was expected. */
function fromCommander(error: CommanderError, program: Command, argv: string[]): UserError {
  const { found, expected } = problemOf(error.message.replace(/^error: /, ''));
  return new UserError([{ found, expected }], `${pathOf(typedCommand(program, argv))} --help`);
}

function problemOf(message: string): { found: string; expected: string } {
  const [first = '', ...more] = message.split('\n');
  const meant = /\(Did you mean (?:one of )?(.+)\?\)/.exec(more.join(' '))?.[1];
  const near = meant && `Did you mean ${meant.replace(/[^\s,]+/g, '`$&`')}?`;
  const [, what = first, word] =
    /^(unknown option|unknown command|option) '([^']+)'/.exec(first) ?? [];
  if (what === 'unknown option' || what === 'unknown command') {
    const kind = what.slice('unknown '.length);
    return {
      found: `There is no ${kind} \`${word}\`.`,
      expected: near ?? `The help lists every ${kind}.`,
    };
  }
  if (what === 'option') {
    return { found: `\`${word}\` has no value.`, expected: 'Expected a value after it.' };
  }
  if (/^too many arguments/.test(first)) {
    const expected =
      'Expected only those that the help lists. An argument with spaces needs quotes.';
    return { found: 'There are too many arguments.', expected };
  }
  return {
    found: `${first.slice(0, 1).toUpperCase()}${first.slice(1)}`,
    expected: near ?? 'The help lists what is possible.',
  };
}

function isCancelled(error: unknown): boolean {
  const names = ['ExitPromptError', 'AbortPromptError', 'AbortError'];
  return error instanceof Error && names.includes(error.name);
}
