import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Dialect } from 'kysely';
import { lockFolder } from './folder-lock.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { valueParsers } from './value-parsers.ts';

/** The extensions that migrations can create with `create extension`. */
export const extensions = { pg_trgm };

const filesIn = (folder: string) => join(folder, 'pglite');

/** Opens PGlite on a folder, and locks the folder against other processes. */
export async function openEmbedded(folder: string): Promise<Dialect> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const dataDir = filesIn(folder);
    const pglite = await PGlite.create({ dataDir, extensions, parsers: valueParsers });
    return pgliteDialect(pglite, async () => {
      await pglite.close();
      await unlock();
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Copies the database to another folder for read-only commands, since PGlite writes to its files
 * even when it only reads. Another process may keep using the original. Returns false if there is
 * no database.
 */
export async function copyEmbedded(folder: string, target: string): Promise<boolean> {
  const [from, to] = [filesIn(folder), filesIn(target)];
  if (!existsSync(from)) return false;
  await mkdir(to);
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const copy = join(to, relative(from, path));
    if (entry.isDirectory()) await mkdir(copy);
    else if (entry.isFile()) {
      await copyFile(path, copy);
      await chmod(copy, 0o600);
    }
  }
  return true;
}
