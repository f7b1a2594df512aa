/**
 * Asks once for all who ask at the same time, and until the answer is `validFor` milliseconds old:
 * for what is dear to find out and may be asked for by anybody.
 */
export function shareAnswer<T>(ask: () => Promise<T>, validFor: number): () => Promise<T> {
  let answer: Promise<T> | undefined;
  const forget = () => {
    answer = undefined;
  };
  return () => {
    answer ??= ask().finally(() => setTimeout(forget, validFor).unref());
    return answer;
  };
}
