import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRateLimits } from '../src/http/rate-limit.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis, type SharedRedis } from '../src/redis.ts';
import { type Api, startApi } from './api.ts';
import { startFakeRedis } from './fake-redis.ts';

const hangs = { SCRIPT: '', EVALSHA: '' };

/** What ends with the test that opened it. */
let closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing) await close();
  closing = [];
});

function open(url: string) {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) });
  const redis = openRedis(url, logger);
  closing.push(() => redis.close());
  return { redis, log: () => lines.map((line) => JSON.parse(line)) };
}

async function start(redis: SharedRedis, project?: string): Promise<Api> {
  const limits = project === undefined ? undefined : createRateLimits(project, redis);
  const api = await startApi({ RATE_LIMIT: '2/minute' }, { redis, limits });
  closing.unshift(() => api.close());
  return api;
}

async function fake(replies: Record<string, string>) {
  const server = await startFakeRedis(replies);
  closing.push(() => server.close());
  return server;
}

const isConnected = (redis: SharedRedis) =>
  redis.attempt(
    async (connection) => connection.status === 'ready',
    async () => false,
  );
const statusOf = async (api: Api) => (await api.get('/api/nowhere')).status;

describe('rate limits while Redis fails', () => {
  it.each([
    ['may not load scripts', { SCRIPT: "-NOPERM no permissions to run 'script'\r\n" }, 'NOPERM'],
    ['is a replica', { EVALSHA: '-READONLY cannot write against a replica\r\n' }, 'READONLY'],
    ['is full', { EVALSHA: "-OOM command not allowed when used memory > 'maxmemory'\r\n" }, 'OOM'],
    ['does not answer', hangs, 'timed out'],
  ])('count here when it %s, and the log says so once', async (_case, replies, reason) => {
    const server = await fake(replies);
    const { redis, log } = open(server.url);
    await expect.poll(() => isConnected(redis)).toBe(true);
    const before = log().length;
    const api = await start(redis);

    expect(await statusOf(api)).toBe(404);
    const asked = server.asked();
    expect(asked).toBeGreaterThan(0);
    expect([await statusOf(api), await statusOf(api)]).toEqual([404, 429]);
    expect(server.asked()).toBe(asked);

    const [line, ...more] = log().slice(before);
    expect(line).toMatchObject({ level: 'warn', msg: expect.stringContaining('Redis is away') });
    expect(line.err.message).toContain(reason);
    expect(more).toEqual([]);
  });

  it('count here when there is none, and the log says so once', async () => {
    const { redis, log } = open('redis://127.0.0.1:1');
    const api = await start(redis);
    expect([await statusOf(api), await statusOf(api), await statusOf(api)]).toEqual([
      404, 404, 429,
    ]);
    expect(log()).toMatchObject([{ msg: expect.stringContaining('Redis is away') }]);
  });

  it('ask again after a pause, one request at a time, and the log says when it is back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const replies: Record<string, string> = { ...hangs };
    const server = await fake(replies);
    const { redis, log } = open(server.url);
    await expect.poll(() => isConnected(redis)).toBe(true);
    const before = log().length;
    const api = await start(redis);
    await statusOf(api);

    vi.setSystemTime(Date.now() + 5_000);
    const asked = server.asked();
    await Promise.all([statusOf(api), statusOf(api), statusOf(api)]);
    expect(server.asked()).toBe(asked + 2);

    vi.setSystemTime(Date.now() + 5_000);
    for (const name of Object.keys(hangs)) delete replies[name];
    expect((await api.get('/api/nowhere')).headers.get('ratelimit-remaining')).toBe('1');
    const messages = log().map(({ msg }) => msg.split(':', 1)[0]);
    expect(messages.slice(before)).toEqual(['Redis is away', 'Redis is back']);
  });
});

const url = process.env.REDIS_URL;
if (url) {
  describe('rate limits in Redis', () => {
    const connected = async () => {
      const { redis } = open(url);
      await expect.poll(() => isConnected(redis)).toBe(true);
      return redis;
    };

    it('are counted together by all processes of a project, and apart from other projects', async () => {
      const project = crypto.randomUUID();
      const one = await start(await connected(), project);
      const two = await start(await connected(), project);
      const other = await start(await connected(), `${project}-other`);

      expect([await statusOf(one), await statusOf(two)]).toEqual([404, 404]);
      const refused = await one.get('/api/nowhere');
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect([await statusOf(two), await statusOf(other)]).toEqual([429, 404]);
    });
  });
}
