import { randomUUID } from 'node:crypto';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { blankDatabase, createExtensions, dropSchemas } from './database.ts';

/**
 * On PostgreSQL every worker creates a schema, which the returned function drops. Without a server, the
 * workers start from an empty database, which is created here once and kept for the next run.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL;
  // Not the number of the process, which two containers that share a server may have in common.
  const run = `test_${randomUUID().slice(0, 8)}`;
  process.env.TEST_RUN = run;
  if (url) {
    await createExtensions(url);
    return () => dropSchemas(url, run);
  }
  if (!(await exists(blankDatabase))) await makeBlankDatabase();
  return async () => {};
}

async function makeBlankDatabase(): Promise<void> {
  const pglite = await PGlite.create();
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();

  const unfinished = `${blankDatabase}.${randomUUID()}`;
  await mkdir(dirname(blankDatabase), { recursive: true });
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, blankDatabase);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
