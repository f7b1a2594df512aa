import { execFile, execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addPost, postOf, register } from './caller.ts';
import { createDatabase } from './postgres.ts';
import { type Env, processorTime, type Running, startServer } from './processes.ts';
import { makeService } from './service.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const warmUp = 2;
const connections = 40;
const routes = { list: '/api/posts?limit=20', fixed: '/api/fixed?limit=20' };
const goals: Record<string, number> = { 'usual chain': 4, fastify: 1 };

type Sample = { perSecond: number; microseconds: number };
type Server = Running & { name: string };

const folder = mkdtempSync(join(tmpdir(), 'create-backend-bench-'));
const servers: Server[] = [];
let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
try {
  const service = makeService(folder);
  database = await createDatabase(folder);
  const env = prepare(service, database.url);
  await startAll(service, env);
  const token = await fill();
  await compareAnswers(token);
  const samples = await measure(token, () => startAll(service, env));
  report(samples);
} finally {
  await stopAll();
  await database?.drop();
  rmSync(folder, { recursive: true });
}

function prepare(service: string, databaseUrl: string): Env {
  const rows = join(folder, 'rows.json');
  writeFileSync(rows, JSON.stringify(Array.from({ length: 20 }, (_, index) => fixedRow(index))));
  const env = {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(48).toString('base64url'),
    FIXED_ROWS: rows,
    RATE_LIMIT: '1000000000/minute',
    CORS_ORIGINS: 'https://example.com',
    TOKEN_CACHE: join(service, 'dist/auth/token-cache.js'),
  };
  cpSync(fileURLToPath(new URL('rivals', import.meta.url)), join(folder, 'rivals'), {
    recursive: true,
  });
  execFileSync(process.execPath, ['dist/migrate.js'], {
    cwd: service,
    env: { ...process.env, ...env },
  });
  return env;
}

async function startAll(service: string, env: Env): Promise<void> {
  await stopAll();
  const start = async (name: string, script: string, cwd: string) => {
    servers.push({ name, ...(await startServer(script, cwd, env)) });
  };
  await start('generated', 'dist/main.js', service);
  await start('usual chain', 'usual-chain.mjs', join(folder, 'rivals'));
  await start('fastify', 'fastify.mjs', join(folder, 'rivals'));
}

async function stopAll(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}

async function fill(): Promise<string> {
  const url = servers[0]?.url ?? '';
  const token = await register(url);
  for (let number = 0; number < 200; number += 1) await addPost(url, token, number);
  return token;
}

function fixedRow(index: number) {
  const now = new Date().toISOString();
  const post = postOf(`Post ${index}`);
  return { id: randomUUID(), ...post, ownerId: randomUUID(), createdAt: now, updatedAt: now };
}

/** What is not the same work is not compared. */
async function compareAnswers(token: string): Promise<void> {
  for (const path of Object.values(routes)) {
    const answers = await Promise.all(servers.map(({ url }) => readRows(`${url}${path}`, token)));
    const [first] = answers;
    if (!first || answers.some((each) => each !== first)) {
      const starts = answers.map((answer) => answer.slice(0, 300));
      throw new Error(`The servers answer ${path} differently:\n${starts.join('\n')}`);
    }
    for (const { name, url } of servers) {
      const { status } = await fetch(`${url}${path}`, {
        headers: { Authorization: 'Bearer a.b.c' },
      });
      if (status !== 401) throw new Error(`${name} answers a bad token with ${status}`);
    }
  }
}

async function readRows(url: string, token: string): Promise<string> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  const { data } = Object(await response.json());
  if (!Array.isArray(data) || data.length !== 20) throw new Error(`${url}: ${response.status}`);
  return JSON.stringify(data);
}

/**
 * Measures all servers in turn, so that a busy moment of the machine affects all of them, and in another
 * order each round. Each round starts new processes, since what V8 compiles differs by a tenth or more
 * from one start to the next.
 */
async function measure(
  token: string,
  restart: () => Promise<void>,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round < rounds; round += 1) {
    await restart();
    const first = round % servers.length;
    const inTurn = [...servers.slice(first), ...servers.slice(0, first)];
    for (const [route, path] of Object.entries(routes)) {
      for (const { url, pid } of inTurn) await load(`${url}${path}`, pid, token, warmUp);
      for (const { name, url, pid } of inTurn) {
        const sample = await load(`${url}${path}`, pid, token, seconds);
        const key = `${route} ${name}`;
        samples.set(key, [...(samples.get(key) ?? []), sample]);
      }
    }
  }
  return samples;
}

async function load(url: string, pid: number, token: string, duration: number): Promise<Sample> {
  const script = join(folder, 'node_modules/autocannon/autocannon.js');
  const header = `authorization=Bearer ${token}`;
  const args = [script, '-j', '-c', `${connections}`, '-d', `${duration}`, '-H', header, url];
  const before = processorTime(pid);
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const used = processorTime(pid) - before;
  const result: Record<string, number> = JSON.parse(stdout);
  const done = result['2xx'] ?? 0;
  if (!done || result.non2xx || result.errors || result.timeouts) {
    throw new Error(`${url} had responses other than 2xx:\n${stdout}`);
  }
  return { perSecond: done / (result.duration ?? duration), microseconds: (used / done) * 1e6 };
}

function report(samples: Map<string, Sample[]>): void {
  console.log(
    `node ${process.version}, ${connections} connections, medians of ${rounds} rounds of ${seconds} s\n\n` +
      'route  server        requests/s  µs of processor  times the requests   for the same processor time',
  );
  for (const route of Object.keys(routes)) {
    const own = samples.get(`${route} generated`) ?? [];
    for (const { name } of servers) {
      const each = samples.get(`${route} ${name}`) ?? [];
      const perSecond = median(each.map((sample) => sample.perSecond));
      const cost = median(each.map(({ microseconds }) => microseconds));
      // Neighbours in time are compared with each other.
      const faster = median(own.map((one, at) => one.perSecond / (each[at]?.perSecond ?? 1)));
      const cheaper = median(
        own.map((one, at) => (each[at]?.microseconds ?? 0) / one.microseconds),
      );
      const numbers = `${perSecond.toFixed(0).padStart(12)}${cost.toFixed(0).padStart(17)}`;
      const line = `${route.padEnd(7)}${name.padEnd(12)}${numbers}`;
      console.log(
        name === 'generated' ? line : `${line}${verdict(faster, cheaper, goals[name] ?? 0)}`,
      );
    }
  }
}

/**
 * Goals are for the processor time where it is known: a server that has a core to itself answers
 * that many times more, and what else runs on the machine counts little.
 */
function verdict(faster: number, cheaper: number, goal: number): string {
  const reached = (Number.isNaN(cheaper) ? faster : cheaper) >= goal;
  const numbers = [faster, cheaper].map((ratio) => `${ratio.toFixed(2).padStart(18)} x`).join('');
  return `${numbers}  goal ${goal}${reached ? '' : '  MISSED'}`;
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
