import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Env } from '../run.ts';
import { type Server, startServer } from '../servers.ts';
import { type Client, createClient, newCredentials, readTokens, type Tokens } from './client.ts';
import { anyRequest, type FuzzRequest, isFile, type Known } from './fuzz-requests.ts';
import { picker } from './fuzz-values.ts';
import { readSecret } from './project.ts';

const seed = 20_261_123;
const requests = 10_000;
const atATime = 32;

const settings = { RATE_LIMIT: '1000000/minute', AUTH_RATE_LIMIT: '1000000/minute' };

/** What nobody but the owner of the code wants to know. */
const innards =
  /\n\s+at |\bat [\w.<> ]+\(|file:\/\/|node_modules|\.(ts|js):\d|\b(select|insert into|update|delete from) "|Kysely|pglite|postgres|ioredis/i;

type Answer = { sent: FuzzRequest; status: number; all: string };

/** Ten thousand requests, none of which is quite right, and what can be read of them afterwards. */
export function fuzzed(project: () => string, env: () => Env): void {
  let server: Server;
  let client: Client;
  const answers: Answer[] = [];
  /** All that is secret, and was used. */
  const secrets = new Map<string, string>();
  const known: Known = { sessions: [], passwords: [], emails: [], ids: [], rows: [] };

  const keep = ({ accessToken, refreshToken }: Tokens) => {
    known.sessions.push({ accessToken, refreshToken });
    secrets.set(accessToken, 'an access token');
    secrets.set(accessToken.split('.')[2] ?? '', 'the signature of a token');
    secrets.set(refreshToken, 'a refresh token');
    const hash = createHash('sha256').update(refreshToken).digest();
    secrets.set(hash.toString('base64url'), 'the hash of a refresh token');
  };

  beforeAll(async () => {
    server = await startServer(project(), { ...env(), ...settings }, 'npm start');
    client = createClient(server.url);
    secrets.set(await readSecret(project()), 'AUTH_SECRET');
    secrets.set('$argon2', 'the hash of a password');
    const { DATABASE_URL, REDIS_URL } = env();
    if (DATABASE_URL) secrets.set(DATABASE_URL, 'DATABASE_URL');
    if (REDIS_URL) secrets.set(REDIS_URL, 'REDIS_URL');
    for (let count = 0; count < 4; count += 1) {
      const credentials = newCredentials();
      const account = await client.register(credentials);
      keep(account);
      known.emails.push(account.email);
      known.passwords.push(account.password);
      secrets.set(account.password, 'a password');
      const { accessToken: token, refreshToken } = account;
      const gadget = { code: `${count}`, price: '1.00', kind: 'a', pin: account.password };
      const samples = { notes: { text: 'Mine' }, articles: { title: 'Mine' }, gadgets: gadget };
      for (const [name, data] of Object.entries(samples)) {
        const id = await client.create(`/${name}`, token, data);
        known.ids.push(id);
        known.rows.push(`/api/${name}/${id}`);
      }
      const refreshed = await client.send('POST', '/auth/refresh', { data: { refreshToken } });
      keep(readTokens(refreshed.data));
    }
  });
  afterAll(() => server?.stop());

  it('answers 10,000 bad requests, and never fails', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: atATime });
    const pick = picker(seed);
    let left = requests;
    const sender = async () => {
      while (left > 0) {
        left -= 1;
        answers.push(await send(server.url, agent, anyRequest(pick, known)));
      }
    };
    await Promise.all(Array.from({ length: atATime }, sender));
    agent.destroy();

    expect(answers).toHaveLength(requests);
    expect(answers.filter(({ status }) => status >= 500).map(describeAnswer)).toEqual([]);
    const statuses = new Set(answers.map(({ status }) => status));
    const expected = [200, 201, 206, 304, 400, 401, 403, 404, 405, 409, 412, 415, 416, 422];
    expect([...statuses]).toEqual(expect.arrayContaining(expected));
    expect(server.log().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });

  it('told nothing of its innards', () => {
    expect(answers.filter(({ all }) => innards.test(all)).map(describeAnswer)).toEqual([]);
    expect(answers.filter(({ all }) => all.includes(project())).map(describeAnswer)).toEqual([]);
  });

  it('told no secret, neither in an answer nor in the log', async () => {
    expect(
      answers.flatMap((answer) =>
        leaksIn(answer.all).map((leak) => `${leak}: ${describeAnswer(answer)}`),
      ),
    ).toEqual([]);
    const lines = server.output().split('\n');
    expect(lines.length).toBeGreaterThan(requests);
    expect(lines.flatMap((line) => leaksIn(line).map((leak) => `${leak}: ${line}`))).toEqual([]);
  });

  it('is well afterwards', async () => {
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    const { accessToken: token } = await client.register();
    const id = await client.create('/notes', token, { text: 'Still here' });
    expect(await client.idsOf('/notes', token)).toEqual([id]);
  });

  function leaksIn(line: string): string[] {
    return [...secrets].flatMap(([secret, what]) => (line.includes(secret) ? what : []));
  }
}

/** Sends what no client of a browser would, and reads the whole answer: its headers too. */
function send(url: string, agent: Agent, sent: FuzzRequest): Promise<Answer> {
  const { method, path, body = '' } = sent;
  // Node does not say how long the body of a GET is, and whatever follows would be taken for it.
  const headers = { ...sent.headers, 'Content-Length': Buffer.byteLength(body) };
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, agent, method, path, headers, timeout: 20_000 });
    asked.once('response', (response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      const done = (body: string) => {
        // What a file of Swagger UI holds is no secret of ours.
        const told = isFile(path) && status < 400 ? '' : body;
        resolve({ sent, status, all: `${rawHeaders.join('\n')}\n\n${told}` });
      };
      text(response).then(done, reject);
    });
    const fail = (cause?: unknown) =>
      reject(new Error(`No answer to ${JSON.stringify(sent).slice(0, 1000)}`, { cause }));
    asked.once('timeout', () => asked.destroy(new Error('timeout')));
    asked.once('error', fail);
    asked.end(body);
  });
}

const describeAnswer = ({ sent, status, all }: Answer) =>
  `${JSON.stringify(sent).slice(0, 1500)}\nanswered ${status}:\n${all.slice(0, 1500)}`;
