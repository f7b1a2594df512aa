import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../measure.ts';
import { postOf } from './caller.ts';
import { makeGraphqlServices } from './graphql-service.ts';
import { createDatabase } from './postgres.ts';
import { type Env, processorTime, type Running, startServer } from './processes.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const starts = Number(process.env.STARTS ?? 9);
const warmUp = 2;
const connections = 20;
const url = '/api/graphql';

const post = 'id title body price createdAt updatedAt';
const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const queries = {
  plain: `{ posts(first: 20) { edges { cursor node { ${post} } } ${page} } }`,
  nested: `{ posts(first: 20) { edges { cursor node { ${post}
    comments(first: 5) { edges { node { id text } } ${page} } } } ${page} } }`,
};

/** What one request is, and who answers it. */
type Request = { name: string; server: string; path: string; body?: string };
type Server = Running & { name: string };

const folder = mkdtempSync(join(tmpdir(), 'create-backend-graphql-'));
const servers: Server[] = [];
let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
try {
  makeGraphqlServices(folder);
  database = await createDatabase(folder);
  const env = { DATABASE_URL: database.url, RATE_LIMIT: '1000000000/minute' };
  const cwd = join(folder, 'service');
  execFileSync(process.execPath, ['dist/migrate.js'], { cwd, env: { ...process.env, ...env } });
  const rivals = fileURLToPath(new URL('graphql-rivals', import.meta.url));
  cpSync(rivals, join(folder, 'rivals'), { recursive: true });
  await startAll(env);
  await fill(servers[0]?.url ?? '');
  await compareAnswers();
  report(await measure(() => startAll(env)));
  await reportStarts(env);
} finally {
  await stopAll();
  await database?.drop();
  rmSync(folder, { recursive: true });
}

async function startAll(env: Env): Promise<void> {
  await stopAll();
  const start = async (name: string, script: string, cwd: string) => {
    servers.push({ name, ...(await startServer(script, join(folder, cwd), env)) });
  };
  await start('generated', 'dist/main.js', 'service');
  await start('apollo', 'apollo.mjs', 'rivals');
  await start('yoga', 'yoga.mjs', 'rivals');
}

async function stopAll(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}

async function fill(server: string): Promise<void> {
  const add = async (path: string, data: object): Promise<string> => {
    const response = await fetch(`${server}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ data }),
    });
    const { data: row } = Object(await response.json());
    if (response.status !== 201) throw new Error(`${path}: ${response.status}`);
    return String(row.id);
  };
  for (let number = 0; number < 100; number += 1) {
    const postId = await add('posts', postOf(`Post ${number}`));
    for (let nth = 0; nth < 8; nth += 1) await add('comments', { text: `The ${nth}th`, postId });
  }
}

/** What is not the same work is not compared. */
async function compareAnswers(): Promise<void> {
  for (const [name, query] of Object.entries(queries)) {
    const answers = await Promise.all(
      servers.map(async (server) => {
        const response = await fetch(`${server.url}${url}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ query }),
        });
        const { data, errors } = Object(await response.json());
        if (errors) throw new Error(`${server.name}: ${JSON.stringify(errors).slice(0, 300)}`);
        return JSON.stringify(data);
      }),
    );
    if (answers.some((each) => each !== answers[0])) throw new Error(`${name} differs`);
  }
}

function requests(): Request[] {
  const asked = Object.entries(queries).flatMap(([name, query]) =>
    servers.map((server) => {
      return { name, server: server.name, path: url, body: JSON.stringify({ query }) };
    }),
  );
  return [...asked, { name: 'plain', server: 'REST', path: '/api/posts?limit=20' }];
}

/** All in turn, in an order that moves on by one each round; each round has processes of its own. */
async function measure(restart: () => Promise<void>): Promise<Map<string, number[]>> {
  const samples = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    await restart();
    const all = requests();
    const first = round % all.length;
    const inTurn = [...all.slice(first), ...all.slice(0, first)];
    for (const request of inTurn) await load(request, warmUp);
    for (const request of inTurn) {
      const key = `${request.name} ${request.server}`;
      samples.set(key, [...(samples.get(key) ?? []), await load(request, seconds)]);
    }
  }
  return samples;
}

/** The processor time of a request, in microseconds. */
async function load({ server, path, body }: Request, duration: number): Promise<number> {
  const name = server === 'REST' ? 'generated' : server;
  const running = servers.find((each) => each.name === name);
  if (!running) throw new Error(`${name} does not run`);
  const script = join(folder, 'node_modules/autocannon/autocannon.js');
  const args = [script, '-j', '-c', `${connections}`, '-d', `${duration}`];
  const sent = body ? ['-m', 'POST', '-H', 'content-type=application/json', '-b', body] : [];
  const before = processorTime(running.pid);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...args,
    ...sent,
    `${running.url}${path}`,
  ]);
  const used = processorTime(running.pid) - before;
  const result: Record<string, number> = JSON.parse(stdout);
  const done = result['2xx'] ?? 0;
  if (!done || result.non2xx || result.errors || result.timeouts) {
    throw new Error(`${path} of ${server} was not answered with 2xx alone:\n${stdout}`);
  }
  return (used / done) * 1e6;
}

function report(samples: Map<string, number[]>): void {
  console.log(
    `node ${process.version}, processor time of a request, medians of ${rounds} rounds\n`,
  );
  for (const [key, each] of samples) console.log(`${key.padEnd(18)}${median(each).toFixed(0)} µs`);
  // Neighbours in time are compared with each other.
  const ratio = (one: string, others: string[]) =>
    median(
      (samples.get(one) ?? []).map((value, at) => {
        return value / Math.min(...others.map((other) => samples.get(other)?.[at] ?? Number.NaN));
      }),
    );
  console.log('');
  for (const name of Object.keys(queries)) {
    const faster = ratio(`${name} generated`, [`${name} apollo`, `${name} yoga`]);
    tell(`${name}, to the faster of the others`, faster, 0.8);
  }
  tell('plain, to REST', ratio('plain generated', ['plain REST']), 1.2);
}

/** The processor time of a start until the server answers, with GraphQL and without, in turn. */
async function reportStarts(env: Env): Promise<void> {
  await stopAll();
  const times: Record<string, number[]> = { service: [], without: [] };
  for (let count = 0; count < starts; count += 1) {
    for (const [name, each] of Object.entries(times)) {
      const running = await startServer('dist/main.js', join(folder, name), env);
      each.push(processorTime(running.pid));
      await running.stop();
    }
  }
  const ratios = (times.service ?? []).map((time, at) => time / (times.without?.[at] ?? 1));
  tell('a start, to one without GraphQL', median(ratios), 1.3);
}

function tell(what: string, ratio: number, goal: number): void {
  const missed = ratio > goal ? '  MISSED' : '';
  console.log(`${what.padEnd(38)}${ratio.toFixed(2)}  goal ${goal}${missed}`);
}
