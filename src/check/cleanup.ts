/** What a run made, and how each is deleted: answers a status of HTTP. */
export type Cleanup = {
  add(path: string, remove: () => Promise<number>): void;
  /** Deletes all of it. Answers the paths of what stays. */
  run(): Promise<string[]>;
};

const isGone = (status: number) => status === 204 || status === 404;

/** What is wrong with deleting is a finding of its own checks. */
const goes = (remove: () => Promise<number>) => remove().then(isGone, () => false);

export function createCleanup(): Cleanup {
  const made = new Map<string, () => Promise<number>>();

  /** Newer ones first, since they may refer to older ones. Answers how many went. */
  async function pass(): Promise<number> {
    const before = made.size;
    for (const [path, remove] of [...made].reverse()) {
      if (await goes(remove)) made.delete(path);
    }
    return before - made.size;
  }

  return {
    add: (path, remove) => made.set(path, remove),
    async run() {
      // A row that was changed may refer to a newer one, which goes only after it.
      while (made.size > 0 && (await pass()) > 0);
      return [...made.keys()];
    },
  };
}
