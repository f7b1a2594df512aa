import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a run of the tests makes its projects. */
    workshop: string;
  }
}

/** One folder for a run of the tests; what stands in it is made by the first file that needs it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'generated-')));
  provide('workshop', folder);
  return () => rm(folder, { recursive: true, force: true });
}
