import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, nodeDisk } from './disk.ts';
import { on } from './refusal.ts';

/** Writes one file that is not of the project: as a whole, or not at all. */
export async function writeOutside(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await on(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await nodeDisk.writeFile(draft, content);
    try {
      await nodeDisk.rename(draft, path);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) await nodeDisk.unlink(draft);
      throw error;
    }
  });
}
