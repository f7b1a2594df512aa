import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../measure.ts';
import { postOf, register } from './caller.ts';
import { type PrivateServer, query, startPrivateServer } from './postgres.ts';
import { collecting, neededMemory, type Running, startServer } from './processes.ts';
import { makeService } from './service.ts';
import { type Answer, type Call, createTraffic } from './traffic.ts';

/** How long a request may take to end, in seconds: a wait for a connection, twice, and the rest. */
const bound = 12;
const pushed = 24;
const warmedUp = 8;
const mostUnderWay = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'create-backend-load-'));
/** The titles of the rows that were created with 201, by their ids. */
const promised = new Map<string, string>();
const known: string[] = [];
let number = 0;
let postgres: PrivateServer | undefined;
let server: Running | undefined;
try {
  const service = makeService(folder);
  postgres = await startPrivateServer(folder);
  const env = {
    DATABASE_URL: postgres.url,
    AUTH_SECRET: randomBytes(48).toString('base64url'),
    RATE_LIMIT: '1000000000/minute',
    FIXED_ROWS: join(service, 'package.json'),
  };
  execFileSync(process.execPath, ['dist/migrate.js'], {
    cwd: service,
    env: { ...process.env, ...env },
  });
  server = await startServer('dist/main.js', service, env, collecting);
  const broken = await run(server, postgres);
  for (const each of broken) console.log(`BROKEN  ${each}`);
  if (broken.length > 0) process.exitCode = 1;
} finally {
  await server?.stop();
  await postgres?.stop('fast').catch(() => undefined);
  rmSync(folder, { recursive: true });
}

async function run({ url, pid }: Running, database: PrivateServer): Promise<string[]> {
  const traffic = createTraffic(url, await register(url), nextCall);
  const { seen } = traffic;
  const sustained = await traffic.sustain(40, 6);
  // A process keeps the memory that many requests at a time have taken. What counts is whether it
  // needs more after an outage.
  await traffic.push(2 * sustained, warmedUp, mostUnderWay);
  await traffic.drain(bound * 1000);
  const before = await neededMemory(pid);
  const first = seen.sent;

  const outage = interrupt(database);
  await traffic.push(2 * sustained, pushed, mostUnderWay);
  await outage;
  const hanging = await traffic.drain(bound * 1000);
  const offered = (seen.sent - first) / pushed;
  const answered = promised.size;
  await traffic.sustain(2, 2);
  const recovered = promised.size > answered;
  const after = await neededMemory(pid);
  traffic.close();
  const lost = await missingRows(database.url);

  const list = (counts: Map<string, number>) =>
    [...counts].map(([key, count]) => `${key}: ${count}`).join(', ');
  console.log(`node ${process.version}
sustained   ${sustained.toFixed(0)} requests/s; sent ${offered.toFixed(0)}/s for ${pushed} s
responses   ${list(seen.statuses)}
slowest     ${(seen.slowest / 1000).toFixed(1)} s, at most ${bound} allowed
rows        ${promised.size} created with 201, ${lost} of them lost
memory      ${spread(before)} before, ${spread(after)} after`);
  return [
    ...(offered < 1.9 * sustained ? ['the load was less than twice the sustained rate'] : []),
    ...(hanging > 0 ? [`${hanging} requests never ended`] : []),
    ...(seen.slowest > bound * 1000 ? ['a request took too long'] : []),
    ...[...seen.wrong].map(([what, count]) => `${what} (${count} times)`),
    ...(seen.statuses.has('503')
      ? []
      : ['no request failed during the outage, so nothing was tested']),
    ...(recovered ? [] : ['no row could be added after the database was back']),
    ...(lost > 0 ? [`${lost} rows are lost`] : []),
    ...(median(after) > median(before) * 1.2
      ? ['the server needs more memory than before the outage']
      : []),
  ];
}

function spread(readings: number[]): string {
  const [least, middle, most] = [Math.min(...readings), median(readings), Math.max(...readings)];
  return `${middle.toFixed(0)} MB (${least.toFixed(0)} to ${most.toFixed(0)})`;
}

/** Stops the database twice: by a proper shutdown, and as a power failure does. */
async function interrupt(database: PrivateServer): Promise<void> {
  for (const mode of ['fast', 'immediate'] as const) {
    await sleep(5_000);
    await database.stop(mode);
    await sleep(4_000);
    await database.start();
  }
}

/** Of ten requests, six lists, two single rows and two new ones. */
function nextCall(): Call {
  number += 1;
  const kind = number % 10;
  const id = known[number % (known.length || 1)];
  if (kind < 2 || id === undefined) return create(`Post ${number}`);
  if (kind < 4) return { method: 'GET', path: `/api/posts/${id}`, check: single(id) };
  return { method: 'GET', path: '/api/posts?limit=20', check: isPage };
}

function create(title: string): Call {
  const check = ({ status, body }: Answer) => {
    if (status !== 201) return status < 300 ? `answered ${status}` : undefined;
    const { data } = Object(body);
    if (typeof data?.id !== 'string' || data.title !== title) return 'answered another row';
    promised.set(data.id, title);
    if (known.length < 1_000) known.push(data.id);
    return undefined;
  };
  const body = JSON.stringify({ data: postOf(title) });
  return { method: 'POST', path: '/api/posts', body, check };
}

function single(id: string) {
  return ({ status, body }: Answer) => {
    if (status >= 300) return undefined;
    const { data } = Object(body);
    return status === 200 && data?.id === id && data.title === promised.get(id)
      ? undefined
      : `answered ${status} with another row`;
  };
}

function isPage({ status, body }: Answer): string | undefined {
  if (status >= 300) return undefined;
  const { data } = Object(body);
  const isRight = Array.isArray(data) && data.length > 0 && data.length <= 20;
  return status === 200 && isRight ? undefined : `answered ${status} without rows`;
}

async function missingRows(url: string): Promise<number> {
  const rows = await query(folder, url, 'select id, title from posts');
  const kept = new Map(rows.map(({ id, title }) => [id, title]));
  return [...promised].filter(([id, title]) => kept.get(id) !== title).length;
}
