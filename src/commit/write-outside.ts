import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, nodeDisk } from './disk.ts';
import { on } from './refusal.ts';

/** Writes one file that is not of the project, named as it was typed: as a whole, or not at all. */
export function writeOutside(path: string, typed: string, content: string): Promise<void> {
  return on(typed, () => replace(path, content));
}

async function replace(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await nodeDisk.writeFile(draft, content);
  try {
    await nodeDisk.rename(draft, path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) await nodeDisk.unlink(draft);
    throw error;
  }
}
