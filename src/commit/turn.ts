/** A turn of the event loop, in which Ctrl-C is heard: the disk's quick operations leave none. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
