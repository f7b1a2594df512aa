import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Dialect } from 'kysely';
import { lockFolder } from './folder-lock.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { valueParsers } from './value-parsers.ts';

/** What migrations may ask for with `create extension`. */
export const extensions = { pg_trgm };

const filesIn = (folder: string) => join(folder, 'pglite');

/** PostgreSQL in this process, its files in a folder that no other process may use meanwhile. */
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
 * Copies the database into another folder, to look at it there: PGlite writes even where it is only
 * asked. Whoever has it open may go on. False where there is none.
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
