/** A turn of the event loop, in which Ctrl-C is handled: synchronous operations leave none. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
