import { once } from '../manifest/once.ts';

/** Standard error, opened by the first who has something to say: that takes a millisecond. */
export const stderr = once(() => process.stderr.on('error', ignoreClosedPipe));

/** Whoever reads only the first lines, as `head` does, still wants the rest to be done. */
export function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
