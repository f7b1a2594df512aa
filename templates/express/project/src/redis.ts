import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** A Redis connection that may fail: callers always have a fallback, and timeouts are short. */
export type SharedRedis = {
  /** Returns the result of `ask`, or that of `fallback` if Redis is unavailable or fails. */
  attempt<T>(ask: (redis: Redis) => Promise<T>, fallback: () => Promise<T>): Promise<T>;
  close(): void;
};

/** How long Redis is not used after a failure, in milliseconds. */
const pause = 5_000;

/** Connects to Redis. Each outage is logged once, and so is its end. */
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
    if (!isAway) logger.warn({ err: error }, 'Redis is away: counting rate limits locally');
    isAway = true;
    askAgainAt = Date.now() + pause;
  };
  const succeed = () => {
    if (isAway) logger.info('Redis is back: sharing rate limits again');
    isAway = false;
  };
  /** During an outage, one caller after each pause checks whether Redis is available again. */
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
