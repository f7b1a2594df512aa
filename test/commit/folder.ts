import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path where nothing is yet, alone in its folder, until the test is over. */
export async function newFolder(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'commit-')), 'project');
  onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
  return folder;
}
