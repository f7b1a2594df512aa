/** A promise of the contract that the service does not keep: what was asked, found and expected. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
  readonly request: string;
  readonly found: string;
  readonly expected: string;

  constructor(request: string, found: string, expected: string) {
    super(`${request}: found ${found}, expected ${expected}`);
    this.request = request;
    this.found = found;
    this.expected = expected;
  }
}

/** A promise that cannot be tried, and why. */
export class Unproved extends Error {
  override readonly name = 'Unproved';
}

/** One promise of the contract. `prove` throws one of the above where it is not kept. */
export type Check = {
  /** The plural name of an endpoint, or the part of the service. */
  about: string;
  promise: string;
  prove(): Promise<void>;
};

export type Finding = { about: string; promise: string } & (
  | { status: 'kept' }
  | { status: 'broken'; request: string; found: string; expected: string }
  | { status: 'unproved'; reason: string }
);

/** Tries a promise. */
export async function findingOf({ about, promise, prove }: Check): Promise<Finding> {
  try {
    await prove();
    return { about, promise, status: 'kept' };
  } catch (error) {
    if (error instanceof BrokenPromise) {
      const { request, found, expected } = error;
      return { about, promise, status: 'broken', request, found, expected };
    }
    if (error instanceof Unproved) {
      return { about, promise, status: 'unproved', reason: error.message };
    }
    throw error;
  }
}
