import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Dialect } from 'kysely';
import { lockFolder } from './folder-lock.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { valueParsers } from './value-parsers.ts';

/** PostgreSQL in this process, its files in a folder that no other process may use meanwhile. */
export async function openEmbedded(folder: string): Promise<Dialect> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const dataDir = join(folder, 'pglite');
    return pgliteDialect(await PGlite.create({ dataDir, parsers: valueParsers }), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}
