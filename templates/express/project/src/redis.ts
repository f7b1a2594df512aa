import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Redis, which may be away: nothing depends on its answer, and no request waits for it long. */
export type SharedRedis = {
  /** What `ask` has of Redis, or what `fallback` has where Redis is away or fails. */
  attempt<T>(ask: (redis: Redis) => Promise<T>, fallback: () => Promise<T>): Promise<T>;
  close(): void;
};

/** So long after it has failed nobody asks Redis, in milliseconds. */
const pause = 5_000;

/** The log says once when Redis went, whichever way it fails, and once when it came back. */
export function openRedis(url: string, logger: Logger): SharedRedis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let isAway = false;
  let askAgainAt = 0;

  const fail = (error: unknown) => {
    if (!isAway) logger.warn({ err: error }, 'Redis is away: rate limits count in this process');
    isAway = true;
    askAgainAt = Date.now() + pause;
  };
  const succeed = () => {
    if (isAway) logger.info('Redis is back: rate limits are shared again');
    isAway = false;
  };
  /** While Redis is away, one caller after each pause finds out whether it is back. */
  const mayAsk = () => {
    if (!isAway) return true;
    if (Date.now() < askAgainAt) return false;
    askAgainAt = Date.now() + pause;
    return true;
  };
  redis.on('error', fail);
  redis.on('ready', () => {
    askAgainAt = 0;
  });

  return {
    async attempt(ask, fallback) {
      if (!mayAsk()) return fallback();
      try {
        const answer = await ask(redis);
        succeed();
        return answer;
      } catch (error) {
        fail(error);
        return fallback();
      }
    },
    close: () => redis.disconnect(),
  };
}
