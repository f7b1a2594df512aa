import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Dialect } from 'kysely';
import { lockFolder } from './folder-lock.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { valueParsers } from './value-parsers.ts';

/** What migrations may ask for with `create extension`. */
export const extensions = { pg_trgm };

/** PostgreSQL in this process, its files in a folder that no other process may use meanwhile. */
export async function openEmbedded(folder: string): Promise<Dialect> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const dataDir = join(folder, 'pglite');
    const pglite = await PGlite.create({ dataDir, extensions, parsers: valueParsers });
    return pgliteDialect(pglite, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}
