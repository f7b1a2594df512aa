import { connect, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { translateDatabaseError } from '../../src/http/database-errors.ts';
import { startApi } from '../api.ts';
import { openServer, serverUrl } from '../database.ts';
import { listen } from '../listen.ts';

const server = serverUrl();
const unavailable = { status: 503, code: 'SERVICE_UNAVAILABLE', headers: { 'Retry-After': '5' } };

/** What ends with the test that opened it. */
let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

/** A pool of one connection, whose statements may take 300 milliseconds. */
async function open(url: string): Promise<Database> {
  const db = await openServer(url, { connections: 1, timeout: 300 });
  closing.push(() => db.destroy());
  return db;
}

const failureOf = (work: Promise<unknown>) => work.then(() => undefined, translateDatabaseError);
const select = (db: Database) => sql`select 1`.execute(db);

describe('what may pass is a 503', () => {
  it('for a statement that takes too long', async () => {
    const db = await open(server);
    expect(await failureOf(sql`select pg_sleep(20)`.execute(db))).toMatchObject(unavailable);
    await select(db);
  });

  it('for a caller that gets no connection', async () => {
    const db = await open(server);
    await db.connection().execute(async () => {
      expect(await failureOf(select(db))).toMatchObject(unavailable);
    });
    await select(db);
  }, 10_000);

  it('for a connection that the server ends, which the next caller does not get', async () => {
    const db = await open(server);
    const other = await open(server);
    const failure = failureOf(
      db.transaction().execute(async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
          transaction,
        );
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other);
        await select(transaction);
      }),
    );
    expect(await failure).toMatchObject(unavailable);
    await select(db);
  });

  it('for a server that goes silent, whose connection the next caller does not get', async () => {
    let isSilent = false;
    const { port, close } = await listen(
      createServer((client) => {
        const { hostname, port: target } = new URL(server);
        const upstream = connect(Number(target || 5432), hostname);
        upstream.on('data', (data) => isSilent || client.write(data));
        client.on('data', (data) => upstream.write(data));
        client.on('close', () => upstream.destroy());
        client.on('error', () => upstream.destroy());
      }),
    );
    const url = new URL(server);
    url.host = `127.0.0.1:${port}`;
    const db = await open(url.href);
    await select(db);
    isSilent = true;
    expect(await failureOf(select(db))).toMatchObject(unavailable);
    isSilent = false;
    await select(db);
    closing.push(close);
  });
});

describe('requests, while many wait for a connection', () => {
  it('are sent away at once, and those that wait are not', async () => {
    const db = await open(server);
    const api = await startApi({}, { db });
    closing.unshift(() => api.close());
    const waiting = await db.connection().execute(async () => {
      const all = Array.from({ length: 20 }, () => select(db));
      await expect.poll(async () => (await api.get('/api/nowhere')).status).toBe(503);
      expect((await api.get('/health')).status).toBe(200);
      return { all: Promise.all(all) };
    });
    expect(await waiting.all).toHaveLength(20);
    expect((await api.get('/api/nowhere')).status).toBe(404);
  });
});
