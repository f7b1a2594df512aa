import { readFile } from 'node:fs/promises';
import { refusedRead } from './refused-read.ts';

/** The text of a file that is not of the project; undefined if there is none. */
export async function readOutside(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return refusedRead(error, path, ['ENOENT']);
  }
}
