import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pendingMigrations } from '../../src/db/migrations.ts';
import { createSchema, openServer, serverUrl } from '../database.ts';

const run = promisify(execFile);

describe('npm run migrate', () => {
  it('may be started by many processes at once: one migrates, the others wait', async () => {
    const url = await createSchema(serverUrl(), 'replicas');
    // Only what a migration needs: without the secrets of the server.
    const env = { PATH: process.env.PATH, DATABASE_URL: url };
    const migrate = () => run(process.execPath, ['--import', 'tsx', 'src/migrate.ts'], { env });
    const outputs = await Promise.all([migrate(), migrate(), migrate()]);

    const db = await openServer(url);
    expect(await pendingMigrations(db)).toEqual([]);
    await db.destroy();
    const ran = outputs.flatMap(({ stdout }) => stdout.match(/up {6}\S+/g) ?? []);
    expect(ran).toEqual([...new Set(ran)]);
  }, 30_000);
});
