import { cp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceFolder } from '../services/keep.ts';
import { type Api, createApi } from './contract/api.ts';
import { openPooler } from './pooler.ts';
import { connect, createDatabase } from './postgres.ts';
import { everyEndpoint } from './projects.ts';
import { type Env, mustRun, run } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let admin: Awaited<ReturnType<typeof connect>>;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  project = await everyEndpoint();
});
beforeEach(async () => {
  database = await createDatabase();
  admin = await connect(database.url);
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  closing = [];
  await admin.end();
  await database.drop();
});

const migrate = (url: string, command = 'up') =>
  mustRun(`node dist/migrate.js ${command}`, project, { DATABASE_URL: url });
const statusOf = (url: string, env: Env = {}) =>
  run('node dist/migrate.js status', project, { DATABASE_URL: url, ...env });

async function start(url: string, env: Env = {}): Promise<{ api: Api; server: Server }> {
  const server = await startServer(project, { DATABASE_URL: url, ...env });
  closing.push(() => server.stop('SIGKILL'));
  return { api: createApi(server.url), server };
}

async function pooled(url = database.url, settings: Record<string, string> = {}): Promise<string> {
  const pooler = await openPooler(url, settings);
  closing.push(pooler.close);
  return pooler.url;
}

const values = {
  tags: ['a'],
  counts: [1, 2],
  ratios: [0.1 + 0.2, 1 / 3, 5e-324],
  amounts: ['12345678901234567.123456789'],
  flags: [true],
  days: ['2026-01-31', '0099-12-01'],
  times: ['2026-01-31T08:05:09.123Z', '0044-03-15T12:00:00.000Z'],
  ids: ['01900000-0000-7000-8000-000000000001'],
  hours: ['10:30:00', '23:59:59'],
  mails: ['a@example.com'],
  urls: ['https://example.com'],
  kinds: ['x'],
};

/** What was written is read again as it was. */
async function expectRight(api: Api): Promise<void> {
  const { id } = await api.create('/api/arrays', values);
  expect(await api.get(`/api/arrays/${id}`)).toMatchObject({ status: 200, data: values });
}

describe('behind PgBouncer, whose sessions are shared between transactions', () => {
  it('migrates, many at once, and leaves no lock and no setting in a session', async () => {
    const url = await pooled();
    const outputs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(outputs.filter((output) => output.includes('create_people'))).toHaveLength(1);
    expect(
      await mustRun('npm run --silent migrate -- down', project, { DATABASE_URL: url }),
    ).toMatch(/^down /);
    const { rows } = await admin.query(
      "select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    );
    expect(rows).toEqual([]);
  });

  it('serves more callers than there are sessions, with right answers', async () => {
    await migrate(database.url);
    const url = await pooled();
    const { api } = await start(url);
    expect((await api.get('/ready')).status).toBe(200);
    await Promise.all(Array.from({ length: 40 }, () => expectRight(api)));
    const again = { headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' } };
    const body = JSON.stringify({ data: values });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.raw('POST', '/api/arrays', { ...again, body })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ headers }) => headers.get('location'))).size).toBe(1);

    const other = await connect(url);
    closing.push(() => other.end());
    for (let count = 0; count < 6; count += 1) {
      const { rows } = await other.query('show statement_timeout');
      expect(rows).toEqual([{ statement_timeout: '0' }]);
    }
  });

  it('waits for a statement no longer than DATABASE_TIMEOUT', async () => {
    await migrate(database.url);
    const { api, server } = await start(await pooled(), { DATABASE_TIMEOUT: '1' });
    await admin.query('begin; lock table arrays in access exclusive mode');
    expect((await fetch(`${server.url}/api/arrays`)).status).toBe(503);
    await admin.query('commit');
    await expectRight(api);
  });
});

describe('a role with other settings', () => {
  let role: string;
  let asRole: string;
  beforeEach(async () => {
    role = `${new URL(database.url).pathname.slice(1)}_role`;
    await admin.query(`create role ${role} login`);
    await admin.query(`alter schema public owner to ${role}`);
    const url = new URL(database.url);
    url.username = role;
    asRole = url.href;
    closing.push(async () => {
      await admin.query(`reassign owned by ${role} to current_user`);
      await admin.query(`drop owned by ${role}`);
      await admin.query(`drop role ${role}`);
    });
  });
  const set = (name: string, value: string) =>
    admin.query(`alter role ${role} set ${name} = '${value}'`);

  it.each([
    ['DateStyle', 'German, DMY'],
    ['DateStyle', 'SQL, MDY'],
    ['DateStyle', 'Postgres, YMD'],
    ['IntervalStyle', 'sql_standard'],
    ['TimeZone', 'Asia/Kathmandu'],
    ['TimeZone', 'America/St_Johns'],
    ['bytea_output', 'escape'],
    ['extra_float_digits', '-3'],
    ['default_transaction_isolation', 'serializable'],
    ['standard_conforming_strings', 'off'],
    ['statement_timeout', '20s'],
  ])('gets right answers: %s = %s', async (name, value) => {
    await migrate(database.url);
    await admin.query(`grant all on all tables in schema public to ${role}`);
    await set(name, value);
    const { api } = await start(asRole);
    await expectRight(api);
  });

  it('gets right dates behind PgBouncer, and is told where it would round numbers', async () => {
    await migrate(database.url);
    await admin.query(`grant all on all tables in schema public to ${role}`);
    await set('DateStyle', 'German, DMY');
    await expectRight((await start(await pooled(asRole))).api);

    await set('extra_float_digits', '0');
    const { server } = await start(await pooled(asRole));
    expect((await fetch(`${server.url}/ready`)).status).toBe(503);
    expect(server.output()).toContain('alter role … reset extra_float_digits');
  });

  it.each([
    ['directly', async () => asRole],
    ['behind PgBouncer', () => pooled(asRole)],
  ])('may have less time for statements than a migration takes, %s', async (_how, open) => {
    await set('statement_timeout', '1s');
    await admin.query('create extension pg_trgm');
    const url = await open();
    // As long as another one migrates.
    await admin.query('select pg_advisory_lock(3853314791062309107)');
    const migrated = migrate(url);
    await vi.waitFor(async () => {
      const { rows } = await admin.query(
        "select from pg_stat_activity where wait_event = 'advisory' and query_start < now() - interval '2 s'",
      );
      expect(rows).toHaveLength(1);
    }, 60_000);
    await admin.query('select pg_advisory_unlock(3853314791062309107)');
    expect(await migrated).toContain('create_people');
  });
});

describe('every connection URL of psql', () => {
  /** With the server of the tests in it. */
  function at(url: string): string {
    const { hostname, port, pathname } = new URL(database.url);
    const parts = { HOST: hostname, PORT: port || '5432', DB: pathname.slice(1) };
    return Object.entries(parts).reduce((all, [name, part]) => all.replaceAll(name, part), url);
  }

  it.each([
    'postgresql://postgres@HOST:PORT/DB',
    'postgres://postgres@/DB?host=HOST&port=PORT',
    'postgres:///DB?host=HOST&port=PORT&user=postgres',
    'postgres://HOST:PORT/?dbname=DB&user=postgres',
    'postgres://postgres@127.0.0.1:1,HOST:PORT/DB',
    'postgres://postgres@nobody.invalid,HOST/DB?port=1,PORT',
    'postgres://postgres@/DB?host=/nowhere,HOST&port=PORT',
    'postgres://postgres@HOST:PORT/DB?sslmode=disable',
    'postgres://postgres@HOST:PORT/DB?sslmode=allow',
    'postgres://postgres@HOST:PORT/DB?sslmode=prefer',
    'postgres://postgres@HOST:PORT/DB?target_session_attrs=read-write',
    'postgres://postgres@HOST:PORT/DB?application_name=shop&connect_timeout=5',
    'postgres://postgres@HOST:PORT/DB?options=-c%20search_path%3Dpublic',
  ])('is taken: %s', async (url) => {
    expect(await statusOf(at(url))).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('pending'),
    });
  });

  it('is taken with a folder of sockets, and without a host', async () => {
    const { rows } = await admin.query('show unix_socket_directories');
    const [folder = ''] = String(rows[0]?.unix_socket_directories).split(',');
    const urls = [
      `postgres://postgres@${encodeURIComponent(folder)}:PORT/DB`,
      `postgres:///DB?user=postgres&port=PORT&host=${folder}`,
      'postgres://postgres@:PORT/DB',
      'postgres:///DB?user=postgres&port=PORT',
    ];
    for (const url of urls) expect([url, (await statusOf(at(url))).exitCode]).toEqual([url, 0]);
  });

  it.each([
    ['mysql://127.0.0.1/DB', 'Expected postgres://user:password@host:5432/database'],
    ['postgres://postgres@127.0.0.1:x/DB', 'Expected ports up to 65535'],
    [
      'postgres://postgres@127.0.0.1:1,127.0.0.1/DB?port=1,2,3',
      'one for all hosts or one for each',
    ],
    ['postgres://postgres:hidden%@127.0.0.1/DB', 'Expected two hexadecimal digits after %'],
    ['postgres://postgres@127.0.0.1/DB?sslmode=sometimes', 'Expected sslmode to be disable,'],
    ['postgres://postgres@127.0.0.1/DB?sslmode=verify-ca', 'Expected sslrootcert together with'],
    ['postgres://postgres@127.0.0.1/DB?sslmode=verify-full&sslrootcert=/none', 'ENOENT'],
    ['postgres://postgres@127.0.0.1/DB?target_session_attrs=standby', 'any, primary or read-write'],
    ['postgres:///?service=shop', 'Expected a host, not the name of a service'],
  ])('is refused with the other settings where it cannot be taken: %s', async (url, message) => {
    const { exitCode, output } = await statusOf(url, { DATABASE_POOL: '0' });
    expect([exitCode, output]).toEqual([1, expect.stringContaining('DATABASE_URL: ')]);
    expect(output).toContain(message);
    expect(output).toContain('DATABASE_POOL: ');
    expect(output).not.toContain('hidden');
  });
});

describe('encryption', () => {
  let folder: string;
  const files = ['key', 'crt'].map((name) => `certificates/localhost.${name}`);
  beforeAll(async () => {
    // Where whoever PgBouncer runs as may read them.
    folder = await serviceFolder('tls');
    for (const file of files) {
      await cp(new URL(file, import.meta.url), join(folder, basename(file)));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['require', 'disable', false],
    ['require', 'allow', true],
    ['require', 'prefer', true],
    ['require', 'require', true],
    ['require', 'verify-full', false],
    ['require', 'verify-ca&sslrootcert=CRT', true],
    ['require', 'verify-full&sslrootcert=CRT', true],
    ['require', undefined, true],
    ['disable', 'prefer', true],
    ['disable', 'allow', true],
    ['disable', 'require', false],
    ['disable', 'verify-full', false],
  ])('of a server with %s, asked for sslmode=%s, works: %s', async (tls, sslmode, works) => {
    const [key, crt] = files.map((file) => join(folder, basename(file)));
    const settings = {
      client_tls_sslmode: tls,
      ...(tls !== 'disable' && { client_tls_key_file: key, client_tls_cert_file: crt }),
    };
    const url = new URL(await pooled(database.url, settings));
    url.hostname = 'localhost';
    const query = sslmode?.replace('CRT', String(crt));
    const { exitCode } = await statusOf(`${url.href}${query ? `?sslmode=${query}` : ''}`);
    expect(exitCode === 0).toBe(works);
  });
});
