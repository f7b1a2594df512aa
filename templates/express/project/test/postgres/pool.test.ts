import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { serverUrl } from '../database.ts';

it('an idle connection that the server ends is told of, and replaced', async () => {
  const onLost = vi.fn<(error: Error) => void>();
  const limits = { connections: 1, timeout: 10_000 };
  const db = await openDatabase({ kind: 'postgres', url: serverUrl(), ...limits }, onLost);
  const other = await openDatabase({ kind: 'postgres', url: serverUrl(), ...limits });
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other);
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
  expect(onLost.mock.lastCall?.[0].message).toMatch(/terminat/i);
  await sql`select 1`.execute(db);
  await Promise.all([db.destroy(), other.destroy()]);
});
