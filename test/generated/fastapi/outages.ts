import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createClient, newCredentials } from '../accounts/client.ts';
import { connect, createDatabase } from '../postgres.ts';
import { openProxy } from '../proxy.ts';
import { redisUrl } from '../redis.ts';
import { waitForStatus } from '../requests.ts';
import { type Env, mustRun } from '../run.ts';
import { type Server, startServer } from '../servers.ts';

const python = '.venv/bin/python -m app';
const data = { text: 'So it goes' };

/** What a service under load does at its end, and while PostgreSQL or Redis is away. It has `/notes`. */
export function outages(project: () => string): void {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let server: Server | undefined;
  beforeAll(async () => {
    database = await createDatabase();
    await mustRun(`${python}.db.migrate`, project(), { DATABASE_URL: database.url });
  });
  afterEach(async () => {
    await server?.stop('SIGKILL');
    server = undefined;
  });
  afterAll(() => database.drop());

  async function start(env: Env = {}) {
    server = await startServer(project(), { DATABASE_URL: database.url, ...env }, python);
    const { url } = server;
    const client = createClient(url);
    const { accessToken: token } = await client.register(newCredentials());
    return { url, add: () => client.send('POST', '/notes', { token, data }) };
  }

  it('answers every request that waits for the database before it ends on SIGTERM', async () => {
    const { url, add } = await start();
    const blocker = await connect(database.url);
    const observer = await connect(database.url);
    await blocker.query('begin');
    await blocker.query('lock table notes in access exclusive mode');
    const waiting = Array.from({ length: 5 }, () => add());
    await vi.waitFor(async () => {
      const { rows } = await observer.query(
        "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      expect(rows).toHaveLength(waiting.length);
    }, 5000);
    server?.child.kill('SIGTERM');
    await vi.waitFor(() => expect(server?.output()).toContain('finishing open requests'), 5000);
    await vi.waitFor(() => expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed'), 5000);
    await blocker.query('commit');
    for (const client of [blocker, observer]) await client.end();
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect(statuses).toEqual(waiting.map(() => 201));
    expect(await server?.ended()).toBe(0);
  });

  it('answers 503 while PostgreSQL is away, to all who ask at once, and goes on when it is back', async () => {
    const proxy = await openProxy(database.url);
    const { url, add } = await start({ DATABASE_URL: proxy.url });
    expect(await add()).toMatchObject({ status: 201 });
    await proxy.cut();
    const refused = await Promise.all(Array.from({ length: 20 }, () => add()));
    for (const { status, code, headers } of refused) {
      expect([status, code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await proxy.mend();
    await waitForStatus(`${url}/ready`, 200);
    expect(await add()).toMatchObject({ status: 201 });
    await proxy.cut();
  });

  it('counts by itself while Redis is away, and shares its limits again when it is back', async () => {
    const proxy = await openProxy(await redisUrl());
    const { add } = await start({ REDIS_URL: proxy.url });
    expect(await add()).toMatchObject({ status: 201 });
    await proxy.cut();
    for (let count = 0; count < 3; count += 1) {
      const { status, headers } = await add();
      expect([status, headers.has('ratelimit-remaining')]).toEqual([201, true]);
    }
    const told = (what: string) => server?.log().filter(({ msg }) => String(msg).includes(what));
    expect(told('Redis is away')).toHaveLength(1);
    await proxy.mend();
    await vi.waitFor(async () => {
      expect(await add()).toMatchObject({ status: 201 });
      expect(told('Redis is back')).toHaveLength(1);
    }, 15_000);
    await proxy.cut();
  });
}
