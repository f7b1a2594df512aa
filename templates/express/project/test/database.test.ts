import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../src/db/folder-lock.ts';
import {
  migrateDown,
  migrateToLatest,
  missingMigrations,
  pendingMigrations,
} from '../src/db/migrations.ts';
import { openBlank, testDatabase } from './database.ts';

describe('migrations', () => {
  it('run up, down and up again', async () => {
    const db = await openBlank('migrations');
    const all = await migrateToLatest(db);
    const reverted: string[] = [];
    for (let names = await migrateDown(db); names.length > 0; names = await migrateDown(db)) {
      reverted.unshift(...names);
    }
    expect(reverted).toEqual(all);
    expect(await migrateToLatest(db)).toEqual(all);
    expect(await pendingMigrations(db)).toEqual([]);
    await db.destroy();
  });

  it('are named where they have run and are not in the folder, and then none runs', async () => {
    const db = await openBlank('missing_migrations');
    expect(await missingMigrations(db)).toEqual([]);
    await migrateToLatest(db);
    expect(await missingMigrations(db)).toEqual([]);
    const name = '29990101000000_of_another_branch';
    await sql`insert into kysely_migration values (${name}, '2999-01-01')`.execute(db);
    expect(await missingMigrations(db)).toEqual([name]);
    await expect(migrateToLatest(db)).rejects.toThrow(name);
    await db.destroy();
  });

  it('are looked for once for all who ask at the same time, and anew for who asks later', async () => {
    const db = await testDatabase();
    const first = pendingMigrations(db);
    expect(pendingMigrations(db)).toBe(first);
    expect(await first).toEqual([]);
    const later = pendingMigrations(db);
    expect(later).not.toBe(first);
    expect(await later).toEqual([]);
  });
});

describe('database', () => {
  it('keeps concurrent transactions apart', async () => {
    const db = await testDatabase();
    const count = async () =>
      db.transaction().execute(async (transaction) => {
        await sql`create temporary table if not exists counted (n int) on commit drop`.execute(
          transaction,
        );
        await sql`insert into counted values (1)`.execute(transaction);
        const { rows } = await sql<{ n: string }>`select count(*) as n from counted`.execute(
          transaction,
        );
        return Number(rows[0]?.n);
      });
    expect(await Promise.all([count(), count(), count()])).toEqual([1, 1, 1]);
  });
});

describe('lockFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('refuses a folder that is in use, and says by whom and by which file', async () => {
    await lockFolder(folder);
    const owner = `in use by process ${process.pid} on ${hostname()}, which holds ${folder}/lock`;
    await expect(lockFolder(folder)).rejects.toThrow(owner);
  });

  it('takes over what a process left that is gone, whoever has its number now', async () => {
    const unlock = await lockFolder(folder);
    const note = await readFile(join(folder, 'lock.1'), 'utf8');
    await unlock();
    await writeFile(join(folder, 'lock.1'), note);
    await lockFolder(folder);
    expect(await readdir(folder)).toEqual(['lock', 'lock.2']);
  }, 30_000);

  it('is free again after the release', async () => {
    const unlock = await lockFolder(folder);
    await unlock();
    await (await lockFolder(folder))();
  });
});
