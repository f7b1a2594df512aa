import chalk from 'chalk';
import type { UserError } from '../spec/errors.ts';
import { typed } from './typed.ts';

/** Tells a person what is wrong, all of it, and one command that works. */
export function reportUserError({ problems, command }: UserError, json: boolean): void {
  const color = chalk;
  for (const { found, expected } of problems) {
    process.stderr.write(`${color.red('✗')} ${found}\n  ${expected}\n`);
  }
  process.stderr.write(`\nTry: ${color.cyan(typed(command))}\n`);
  if (json) writeJson({ error: { kind: 'user', problems, command: typed(command) } });
}

/** Our own mistakes keep their stack: whoever reports them can paste it. */
export function reportBug(error: unknown, json: boolean): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `This is a bug in create-backend. Nothing was left half done.\n\n${stack}\n`,
  );
  const message = error instanceof Error ? error.message : String(error);
  if (json) writeJson({ error: { kind: 'bug', message, stack } });
}

export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
