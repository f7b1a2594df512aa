import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './processes.ts';

type Client = {
  connect(): Promise<void>;
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
};

const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const installed = '/usr/lib/postgresql';

/** Asks a database one thing, by the driver that was installed into the folder. */
export async function query(folder: string, url: string, sql: string, project = 'service') {
  const pg: { Client: new (config: { connectionString: string }) => Client } = createRequire(
    join(folder, project, 'package.json'),
  )('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own on the machine's server. */
export async function createDatabase(folder: string, project = 'service') {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await query(folder, serverUrl, `create database ${name}`, project);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const drop = () => query(folder, serverUrl, `drop database ${name} with (force)`, project);
  return { url: url.href, drop };
}

export type PrivateServer = Awaited<ReturnType<typeof startPrivateServer>>;

/** A PostgreSQL of its own, in the folder, that may be stopped and started at will. */
export async function startPrivateServer(folder: string) {
  const bin = newestBin();
  const home = join(folder, 'postgres');
  const port = await freePort();
  mkdirSync(home);
  const isRoot = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root.
  if (isRoot) execFileSync('chown', ['postgres', home, folder]);
  const run = async (program: string, ...args: string[]) => {
    const command = [join(bin, program), '-D', join(home, 'db'), ...args];
    const [first = '', ...rest] = isRoot
      ? ['runuser', '-u', 'postgres', '--', ...command]
      : command;
    await promisify(execFile)(first, rest, { cwd: home });
  };
  const start = () =>
    run(
      'pg_ctl',
      '-o',
      `-h 127.0.0.1 -p ${port} -k ${home}`,
      '-l',
      join(home, 'log'),
      '-w',
      'start',
    );
  await run('initdb', '-U', 'postgres', '--auth=trust');
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    /** `immediate` is how it ends when the power goes: what was committed must be there again. */
    stop: (mode: 'fast' | 'immediate') => run('pg_ctl', '-m', mode, '-w', 'stop'),
  };
}

function newestBin(): string {
  const versions = existsSync(installed) ? readdirSync(installed).map(Number) : [];
  const newest = versions.toSorted((one, other) => one - other).at(-1);
  if (newest === undefined) throw new Error(`This bench needs PostgreSQL in ${installed}`);
  return join(installed, `${newest}`, 'bin');
}
