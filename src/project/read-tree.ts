import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusedRead } from './refused-read.ts';

/** The text of every file below a folder; paths relative with `/`, in order. None if it is missing. */
export async function readTree(folder: string): Promise<{ path: string; content: string }[]> {
  const entries = await entriesOf(folder);
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name);
    const path = file.slice(folder.length + 1).replaceAll('\\', '/');
    return { path, content: await readFile(file, 'utf8') };
  });
  return (await Promise.all(read)).sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    return refusedRead(error, folder, ['ENOENT', 'ENOTDIR']) ?? [];
  }
}
