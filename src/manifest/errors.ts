/** One thing that is wrong with a request: what was found, and what was expected. */
export type Problem = { found: string; expected: string };

/**
 * A mistake of the user, or a refusal: everything that is wrong, and one command that works. It is
 * reported without a stack trace and exits with 1. Every other error is our bug and keeps its trace.
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
