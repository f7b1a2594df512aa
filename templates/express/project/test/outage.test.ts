import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import express from 'express';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../src/db/database.ts';
import { pendingMigrations } from '../src/db/migrations.ts';
import { translateDatabaseError } from '../src/http/database-errors.ts';
import { handleErrors } from '../src/http/error-handler.ts';
import { createLogger } from '../src/logger.ts';
import { type Api, startApi } from './api.ts';
import { openBlank, openServer } from './database.ts';
import { listen } from './listen.ts';

const away = 'postgres://nobody@127.0.0.1:1/none';
const limits = { connections: 1, timeout: 300 };

/** What ends with the test that opened it. */
let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

async function open(url: string): Promise<Database> {
  const db = await openServer(url, limits);
  closing.push(() => db.destroy());
  return db;
}

async function start(parts: Parameters<typeof startApi>[1]): Promise<Api> {
  const api = await startApi({}, parts);
  closing.unshift(() => api.close());
  return api;
}

const failureOf = (work: Promise<unknown>) => work.then(() => undefined, translateDatabaseError);
const select = (db: Database) => sql`select 1`.execute(db);

describe('/ready', () => {
  const refused = { status: 503, body: { error: { code: 'NOT_READY' } } };

  it('is refused while the database is away, and /health is not', async () => {
    const api = await start({ db: await open(away) });
    expect(await api.get('/ready')).toMatchObject(refused);
    expect((await api.get('/health')).status).toBe(200);
  });

  it('is refused in time by a database that says nothing', async () => {
    const sockets: Socket[] = [];
    const { port, close } = await listen(createServer((socket) => sockets.push(socket)));
    const api = await start({ db: await open(`postgres://nobody@127.0.0.1:${port}/none`) });
    const startedAt = Date.now();
    expect(await api.get('/ready')).toMatchObject(refused);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
    for (const socket of sockets) socket.destroy();
    await close();
  });

  it('is refused while migrations are pending', async () => {
    const db = await openBlank('pending');
    closing.push(() => db.destroy());
    const api = await start({ db });
    const isReady = (await pendingMigrations(db)).length === 0;
    expect((await api.get('/ready')).status).toBe(isReady ? 200 : 503);
  });

  it('is refused while the process is about to stop', async () => {
    const stopping = new AbortController();
    const api = await start({ stopping: stopping.signal });
    expect((await api.get('/ready')).status).toBe(200);
    stopping.abort();
    expect(await api.get('/ready')).toMatchObject(refused);
  });
});

describe('a request without its database', () => {
  it('is answered 503 with the time to wait, and is logged once, with its stack', async () => {
    const lines: string[] = [];
    const logger = createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) });
    const db = await open(away);
    const app = express();
    app.get('/', async (_req, res) => res.json(await select(db)));
    app.use(handleErrors(logger));
    const { port, close } = await listen(createHttpServer(app));
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe('SERVICE_UNAVAILABLE');
    expect(body).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
    expect(lines.length).toBe(1);
    expect(lines[0]).toContain('ECONNREFUSED');
    await close();
  });
});

describe('requests while the database is away', () => {
  it('are sent away at once after one has found out, for a moment', async () => {
    const db = await open(away);
    const api = await start({ db });
    expect((await api.get('/api/nowhere')).status).toBe(404);
    await failureOf(select(db));
    const answer = await api.get('/api/nowhere');
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE' } } });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect((await api.get('/health')).status).toBe(200);
    await expect.poll(async () => (await api.get('/api/nowhere')).status).toBe(404);
  });
});
