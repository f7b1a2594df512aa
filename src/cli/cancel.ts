import { exitCodes } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that Ctrl-C must not interrupt at any instant: the work gets a signal, and undoes or
 * completes what it has begun. A second Ctrl-C ends the process at once.
 */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const cancel = () => {
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    abort.abort();
  };
  // Not `once`: without our listener, the one that execa adds would end the process.
  for (const signal of signals) process.on(signal, cancel);
  try {
    return await work(abort.signal);
  } finally {
    for (const signal of signals) process.removeListener(signal, cancel);
  }
}
