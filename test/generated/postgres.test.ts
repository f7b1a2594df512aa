import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createApi } from './contract/api.ts';
import { connect, createDatabase } from './postgres.ts';
import { builtShop } from './projects.ts';
import { openProxy } from './proxy.ts';
import { waitForStatus } from './requests.ts';
import { type Env, mustRun, run } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const customers = '/api/customers';
const ada = { name: 'Ada', email: 'ada@example.com' };
let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let server: Server | undefined;

beforeAll(async () => {
  project = await builtShop();
});
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await server?.stop('SIGKILL');
  server = undefined;
  await database.drop();
});

const env = (url = database.url): Env => ({ DATABASE_URL: url });
const migrate = (...args: string[]) =>
  mustRun(['npm run --silent migrate', ...args].join(' -- '), project, env());

async function start(url = database.url): Promise<string> {
  server = await startServer(project, env(url));
  return server.url;
}

async function problemOf(url: string): Promise<string> {
  const answer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
  const { error } = answer.parse(await (await fetch(url)).json());
  return `${error.code} ${error.message}`;
}

describe('migrations', () => {
  it('run when asked for, and /ready says what is pending', async () => {
    const url = await start();
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect(await problemOf(`${url}/ready`)).toMatch(
      /^NOT_READY .*create_customers.*create_products.*create_orders/,
    );
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(server?.output()).toContain('migrations are pending: run `npm run migrate`');

    expect(await migrate()).toMatch(
      /^up .*_create_idempotency_keys\n(?:up .*\n)*up .*_create_customers\nup .*_create_products\nup .*_create_orders$/,
    );
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect(await createApi(url).create(customers, ada)).toMatchObject(ada);
  });

  it('are taken back one by one, and listed', async () => {
    await migrate();
    expect(await migrate('status')).toContain('No pending migrations');
    expect(await migrate()).toContain('No pending migrations');
    expect(await migrate('down')).toMatch(/^down .*_create_orders$/);
    expect(await migrate('status')).toMatch(/^pending .*_create_orders$/);
    const url = await start();
    expect(await problemOf(`${url}/ready`)).toMatch(/^NOT_READY [^,]*_create_orders$/);
    await migrate('up');
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });

  it('run once although several processes ask at the same time', async () => {
    const outputs = await Promise.all([migrate(), migrate(), migrate()]);
    expect(outputs.filter((output) => output.includes('create_customers'))).toHaveLength(1);
  });

  it('stop with what to do about it where the extension for search may not be made', async () => {
    const admin = await connect(database.url);
    const role = `${new URL(database.url).pathname.slice(1)}_app`;
    await admin.query(`create role ${role} login`);
    await admin.query(`grant create on schema public to ${role}`);
    const url = new URL(database.url);
    url.username = role;
    const asRole = () => run('npm run --silent migrate', project, env(url.href));

    const { output, exitCode } = await asRole();
    expect(exitCode).toBe(1);
    expect(output).toBe(
      'The index for search needs the extension pg_trgm, and it cannot be made: permission denied ' +
        'to create extension "pg_trgm". Have an administrator of the database run ' +
        '"create extension pg_trgm" once and migrate again, or take the index out of this ' +
        'migration: search then reads every row.',
    );
    const tables = await admin.query("select from pg_tables where tablename = 'customers'");
    expect(tables.rows).toEqual([]);

    await admin.query('create extension pg_trgm');
    expect(await asRole()).toMatchObject({ exitCode: 0 });
    await admin.query(`drop owned by ${role}`);
    await admin.query(`drop role ${role}`);
    await admin.end();
  });

  it('end with an error that says why where there is no database', async () => {
    const { output, exitCode } = await run('npm run --silent migrate', project, {
      DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none',
    });
    expect(exitCode).toBe(1);
    expect(output).toContain('ECONNREFUSED');
  });

  it('refuse a command that does not exist', async () => {
    const { output, exitCode } = await run('npm run --silent migrate -- sideways', project, env());
    expect([exitCode, output]).toEqual([
      1,
      'Unknown command sideways: expected up, down or status',
    ]);
  });
});

it('answers requests that wait for the database before it ends on SIGTERM', async () => {
  await migrate();
  const url = await start();
  const blocker = await connect(database.url);
  await blocker.query('begin');
  await blocker.query('lock table customers in access exclusive mode');
  const waiting = [createApi(url).list(customers), createApi(url).create(customers, ada)];
  // Not through the same connection: what a transaction sees of the others stands still.
  const observer = await connect(database.url);
  await vi.waitFor(async () => {
    const { rows } = await observer.query(
      "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    expect(rows).toHaveLength(2);
  }, 5000);

  server?.child.kill('SIGTERM');
  await vi.waitFor(() => expect(server?.output()).toContain('finishing open requests'), 5000);
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  await blocker.query('commit');
  await blocker.end();
  await observer.end();
  expect((await Promise.all(waiting))[1]).toMatchObject(ada);
  expect(await server?.ended()).toBe(0);
  expect(server?.output()).toContain('stopped');
});

describe('a database that is away', () => {
  it('at the start: the server waits for it', async () => {
    await migrate();
    const proxy = await openProxy(database.url);
    await proxy.cut();
    const url = await start(proxy.url);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    await proxy.mend();
    await waitForStatus(`${url}/ready`, 200);
    expect(await createApi(url).create(customers, ada)).toMatchObject(ada);
    await proxy.cut();
  });

  it('later: 503 on /ready, 503 that tells nothing on routes, and all is well when it is back', async () => {
    await migrate();
    const proxy = await openProxy(database.url);
    const url = await start(proxy.url);
    await createApi(url).create(customers, ada);
    await proxy.cut();
    const ready = await fetch(`${url}/ready`);
    expect(ready.status).toBe(503);
    const answer = await fetch(`${url}${customers}`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      error: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('try again later') },
      meta: {
        timestamp: expect.any(String),
        requestId: answer.headers.get('x-request-id'),
        path: customers,
      },
    });
    // Who found out is in the log with the error; who came right after was sent away.
    const requestId = ready.headers.get('x-request-id');
    await vi.waitFor(() => {
      const logged = server?.log().filter(({ err }) => err !== undefined);
      expect(logged?.map((line) => line.requestId)).toContain(requestId);
    }, 5000);
    await proxy.mend();
    await waitForStatus(`${url}/ready`, 200);
    expect(await createApi(url).list(customers)).toHaveLength(1);
    await proxy.cut();
  });

  it('without a word: /ready answers 503 within its patience, and a route gives up', async () => {
    await migrate();
    const proxy = await openProxy(database.url);
    const url = await start(proxy.url);
    await createApi(url).create(customers, ada);
    proxy.block();
    const startedAt = performance.now();
    const waiting = fetch(`${url}${customers}`);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect((await waiting).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    proxy.unblock();
    await waitForStatus(`${url}/ready`, 200);
    expect(await createApi(url).list(customers)).toHaveLength(1);
    await proxy.cut();
  });
});
