import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { blankDatabase, createExtensions, dropSchemas } from './database.ts';

/**
 * On PostgreSQL every worker makes a schema, which the returned function removes. Without a server
 * they start from a blank database that is made here once, and kept for the next run.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL;
  const run = `test_${process.pid}`;
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

  const unfinished = `${blankDatabase}.${process.pid}`;
  await mkdir(dirname(blankDatabase), { recursive: true });
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, blankDatabase);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
