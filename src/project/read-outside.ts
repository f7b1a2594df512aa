import { readFile } from 'node:fs/promises';

/** The text of a file that is not of the project; undefined if there is none. */
export async function readOutside(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
