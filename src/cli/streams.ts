import { once } from '../manifest/once.ts';

/** Standard error, opened when it is first needed: that takes a millisecond. */
export const stderr = once(() => process.stderr.on('error', ignoreClosedPipe));

/** A reader that closes the pipe early, such as `head`, does not stop the command. */
export function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
