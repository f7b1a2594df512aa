import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApi } from './contract/api.ts';
import { builtShop, ownFolder, shopData } from './projects.ts';
import { openConnection, slowPost } from './requests.ts';
import type { Env } from './run.ts';
import { launch, type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const customers = '/api/customers';
let project: string;
let folder: string;
const started: Pick<Server, 'stop'>[] = [];
let count = 0;

beforeAll(async () => {
  project = await builtShop();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop('SIGKILL')));
});

async function dataFolder(): Promise<string> {
  count += 1;
  folder = await shopData(`data-${count}`);
  return folder;
}

const lastClaim = async () =>
  (await readdir(folder)).find((name) => name.startsWith('lock.')) ?? '';

async function start(env: Env): Promise<Server> {
  const server = await startServer(project, env);
  started.push(server);
  return server;
}

describe('the embedded database', () => {
  it('is locked: a second process says so, and ends with an error', async () => {
    const env = { DATA_DIR: await dataFolder() };
    const first = await start(env);
    const second = launch(project, { ...env, PORT: '0' });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`The database in ${env.DATA_DIR} is in use by process`);
    expect(second.output()).toContain(`process ${first.child.pid} on `);
    expect(second.output()).toContain(`which holds ${env.DATA_DIR}/lock`);
    expect(second.output()).not.toMatch(/ at .*\.js:/);
    await createApi(first.url).list(customers);
  });

  it('survives kill -9: the lock is taken over, and the rows are there', async () => {
    const env = { DATA_DIR: await dataFolder() };
    const first = await start(env);
    const values = { name: 'Ada', email: 'ada@example.com', vip: true };
    const row = await createApi(first.url).create(customers, values);
    await first.stop('SIGKILL');
    expect(await readFile(join(folder, await lastClaim()), 'utf8')).toMatch(`${first.child.pid} `);

    const second = await start(env);
    expect(await createApi(second.url).list(customers)).toEqual([row]);
    await second.stop();
    expect(await second.ended()).toBe(0);
    const third = await start(env);
    expect(await createApi(third.url).list(customers)).toEqual([row]);
  });

  it('is migrated at the start, and ready', async () => {
    const server = await start({ DATA_DIR: await ownFolder('data-new') });
    const migrated = server.log().filter(({ msg }) => msg === 'migrated');
    expect(migrated.map(({ migration }) => String(migration).replace(/^\d+_/, ''))).toEqual([
      'create_idempotency_keys',
      'keep_idempotent_answers_as_sent',
      'create_customers',
      'create_products',
      'create_orders',
    ]);
    expect((await createApi(server.url).get('/ready')).status).toBe(200);
  });
});

describe('the start', () => {
  it('is refused on bad settings, all of which are named', async () => {
    const bad = {
      NODE_ENV: 'live',
      PORT: '70000',
      BODY_LIMIT: 'a lot',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://localhost/shop',
    };
    const server = launch(project, bad);
    expect(await server.ended()).toBe(1);
    for (const name of Object.keys(bad)) expect(server.output()).toContain(`  ${name}: `);
    expect(server.output()).not.toMatch(/ at .*\.js:/);
  });

  it('is refused on a port that is taken, and the folder is free again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = address instanceof Object ? String(address.port) : '';
    const env = { DATA_DIR: await dataFolder(), HOST: '127.0.0.1' };
    const server = launch(project, { ...env, PORT: port });
    expect(await server.ended()).toBe(1);
    expect(server.output()).toContain('EADDRINUSE');
    expect(server.output()).toContain(port);
    other.close();
    expect(await readFile(join(folder, await lastClaim()), 'utf8')).toBe('free');
  });
});

describe('SIGTERM', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: a request under way is answered, then exit 0',
    async (signal) => {
      const server = await start({ DATA_DIR: await dataFolder() });
      const slow = slowPost(server.url, customers, { name: 'Ada', email: 'ada@example.com' });
      const idle = await fetch(`${server.url}/health`);
      expect(idle.status).toBe(200);
      await sleep(100);
      server.child.kill(signal);
      await vi.waitFor(() => expect(server.output()).toContain('finishing open requests'));
      await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
      slow.finish();
      expect(await slow.answer()).toMatch(/^HTTP\/1\.1 201 .*"email":"ada@example.com"/s);
      expect(await server.ended()).toBe(0);
      expect(await readFile(join(folder, await lastClaim()), 'utf8')).toBe('free');
    },
  );

  it('ends within its patience although a client never finishes', async () => {
    const server = await start({ DATA_DIR: await dataFolder() });
    slowPost(server.url, customers, { name: 'Ada' });
    await sleep(100);
    const startedAt = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

describe('a connection that is kept', () => {
  it('takes another request when Node by itself would have closed it', async () => {
    const server = await start({ DATA_DIR: await dataFolder() });
    const balancer = openConnection(server.url);
    balancer.get('/health');
    await vi.waitFor(() => expect(balancer.answers()[0]).toContain('Keep-Alive: timeout=65'));
    // Node itself gives up after 5 s, and a second of grace.
    await sleep(7500);
    expect(balancer.isClosed()).toBe(false);
    balancer.get('/health');
    await vi.waitFor(() => expect(balancer.answers()).toHaveLength(2));
  });

  it('ends after KEEP_ALIVE_TIMEOUT', async () => {
    const server = await start({ DATA_DIR: await dataFolder(), KEEP_ALIVE_TIMEOUT: '1' });
    const balancer = openConnection(server.url);
    balancer.get('/health');
    await vi.waitFor(() => expect(balancer.answers()).toHaveLength(1));
    await vi.waitFor(() => expect(balancer.isClosed()).toBe(true), 4000);
  });

  it('is told its end by the next answer after SIGTERM, and nothing that is sent is lost', async () => {
    const server = await start({ DATA_DIR: await dataFolder(), SHUTDOWN_DELAY: '2' });
    const [used, idle, silent] = [1, 2, 3].map(() => openConnection(server.url));
    const slow = slowPost(server.url, customers, { name: 'Ada', email: 'ada@example.com' });
    for (const each of [used, idle]) each?.get('/health');
    await vi.waitFor(() => {
      for (const each of [used, idle]) {
        expect(each?.answers()).toEqual([expect.stringContaining('Connection: keep-alive')]);
      }
    });
    await silent?.opened;
    server.child.kill('SIGTERM');
    await vi.waitFor(() => expect(server.output()).toContain('finishing open requests'));
    const signalled = performance.now();

    const late = openConnection(server.url);
    for (const each of [used, late]) each?.get('/health');
    await vi.waitFor(() => {
      for (const each of [used, late]) {
        expect(each?.answers().at(-1)).toMatch(/^HTTP\/1\.1 200 .*^Connection: close/ms);
        expect(each?.isClosed()).toBe(true);
      }
    });
    expect([idle?.isClosed(), silent?.isClosed()]).toEqual([false, false]);

    await sleep(2200);
    expect(idle?.isClosed()).toBe(true);
    slow.finish();
    expect(await slow.answer()).toMatch(/^HTTP\/1\.1 201 .*^Connection: close/ms);
    expect(await server.ended()).toBe(0);
    // A connection on which nothing was ever sent holds nobody up.
    expect(performance.now() - signalled).toBeLessThan(6000);
  });
});

describe('the log', () => {
  it('has one line of JSON for each request, under its id', async () => {
    const server = await start({ DATA_DIR: await dataFolder() });
    const api = createApi(server.url);
    const paths = ['/health', `${customers}?search=secret`, '/nowhere', `${customers}/1`];
    const answers = [];
    for (const path of paths) answers.push(await api.get(path));
    answers.push(await api.post(customers, { name: 'Ada', email: 'secret@example.com' }));
    await server.stop();
    const lines = server.log().filter(({ requestId }) => requestId !== undefined);
    expect(
      lines.map(({ requestId, method, path, status }) => [requestId, method, path, status]),
    ).toEqual(
      answers.map(({ headers, status }, index) => [
        headers.get('x-request-id'),
        index < paths.length ? 'GET' : 'POST',
        (paths[index] ?? customers).split('?')[0],
        status,
      ]),
    );
    expect(server.output()).not.toContain('secret');
  });
});
