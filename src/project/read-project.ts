import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../manifest/errors.ts';
import { shellWord } from '../manifest/shell.ts';
import { refusedRead } from './refused-read.ts';

/** The files on the disk, for planning; paths are relative to the root and use `/`. */
export type Project = {
  /** The text of a file, or undefined if it is missing. */
  read(path: string): string | undefined;
  /** The names in a folder, in order; none if it is missing. */
  list(folder: string): string[];
  /** Every file below a folder, sorted, without hidden, installed and built files. */
  tree(folder: string): string[];
  /** The bytes of a file that need not be text. */
  bytes(path: string): Uint8Array | undefined;
};

/**
 * A project to read from; nothing is read before it is needed. Trees leave out hidden files, and
 * folders with one of the names `made`.
 */
export function readProject(root: string, made: readonly string[] = []): Project {
  const bytes = (path: string) => unlessMissing(path, () => readFileSync(join(root, path)));
  return {
    read(path) {
      const content = bytes(path);
      return content === undefined ? undefined : decode(path, content);
    },
    bytes,
    tree: (folder) => filesBelow(root, folder, made),
    list: (folder) => unlessMissing(folder, () => readdirSync(join(root, folder)).sort()) ?? [],
  };
}

function filesBelow(root: string, folder: string, made: readonly string[]): string[] {
  const entries = unlessMissing(folder, () =>
    readdirSync(join(root, folder), { withFileTypes: true }),
  );
  return (entries ?? [])
    .filter(({ name }) => !name.startsWith('.') && !made.includes(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(root, path, made);
      return entry.isFile() ? [path] : [];
    });
}

function unlessMissing<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return refusedRead(error, path, ['ENOENT']);
  }
}

// With loose decoding, invalid bytes would be lost when the text is written again.
function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const found = `${path} is not text in UTF-8.`;
    const expected = 'Expected it to be saved as UTF-8.';
    throw new UserError([{ found, expected }], `iconv -f latin1 -t utf-8 ${shellWord(path)}`);
  }
}
