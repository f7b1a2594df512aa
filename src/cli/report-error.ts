import type { UserError } from '../manifest/errors.ts';
import { err } from './colors.ts';
import { version } from './package.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

const say = (text = '') => stderr().write(`${text}\n`);

/** Reports everything that is wrong, and one command that works. */
export function reportUserError({ problems, command }: UserError, json: boolean): void {
  for (const { found, expected } of problems) say(`${err.red('✗')} ${found}\n  ${expected}`);
  say(`\nTry: ${err.cyan(typed(command))}`);
  if (json) writeJson({ error: { kind: 'user', problems, command: typed(command) } });
}

/** Reports that the command was cancelled, by Ctrl-C or a signal. */
export function reportCancelled(json: boolean): void {
  say('\nCancelled. Nothing was written.');
  if (json) writeJson({ error: { kind: 'cancelled', message: 'Nothing was written.' } });
}

/** Reports a bug with its stack trace, to paste into a bug report. */
export function reportBug(error: unknown, command: string, json: boolean): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { node } = process.versions;
  const where = `create-backend ${version}, Node ${node}, ${process.platform} ${process.arch}`;
  say(`${err.red('✗')} This is a bug in create-backend, not a mistake of yours.`);
  say('  Please report it to the maintainers, with everything below:\n');
  say(`${command}\n${where}\n${stack}`);
  const message = error instanceof Error ? error.message : String(error);
  if (json) writeJson({ error: { kind: 'bug', message, command, where, stack } });
}

export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
