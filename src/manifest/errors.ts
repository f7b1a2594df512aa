/** One thing that is wrong with what a person asked for: what was found, and what was expected. */
export type Problem = { found: string; expected: string };

/**
 * A mistake of the person at the keyboard, or a refusal: everything that is wrong at once, and one
 * command that works. It is reported without a stack and ends with exit code 1. Every other error is
 * our bug and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];
  readonly command: string;

  constructor(problems: readonly Problem[], command: string) {
    super(problems.map(({ found, expected }) => `${found} ${expected}`).join('\n'));
    this.problems = problems;
    this.command = command;
  }
}
