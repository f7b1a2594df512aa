import { createInterface } from 'node:readline';

type Release = () => Promise<void>;

/** Wants locks as it is told: one command a line, `<kind> <folder>` or `release`, one answer a line. */
export async function contend(kinds: Record<string, (folder: string) => Promise<Release>>) {
  let release: Release | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const [kind = '', folder = ''] = line.split(' ');
    try {
      if (kind === 'release') await release?.();
      release = await kinds[kind]?.(folder);
      console.log(release === undefined ? 'released' : 'locked');
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
    }
  }
}
