import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { vi } from 'vitest';
import { openRedis, type SharedRedis } from '../src/redis.ts';

/** The Redis at REDIS_URL, with a prefix for its keys. Undefined without REDIS_URL. */
export async function testRedis(): Promise<SharedRedis | undefined> {
  if (!process.env.REDIS_URL) return undefined;
  const url = new URL(process.env.REDIS_URL);
  url.searchParams.set('keyPrefix', `test:${randomUUID()}:`);
  const redis = openRedis(url.href, pino({ level: 'silent' }));
  await vi.waitUntil(() =>
    redis.attempt(
      async ({ status }) => status === 'ready',
      async () => false,
    ),
  );
  return redis;
}
