import { createLogger } from '../src/logger.ts';

/** A logger that keeps its entries. */
export function collectLog() {
  const lines: string[] = [];
  const logger = createLogger(
    { logLevel: 'trace' },
    { write: (line: string) => void lines.push(line) },
  );
  const entries = () => lines.map((line): Record<string, unknown> => JSON.parse(line));
  return {
    logger,
    text: () => lines.join(''),
    entries,
    /** The entries that have `security`, in order. */
    events: () => entries().flatMap(({ security }) => (security ? [String(security)] : [])),
  };
}
