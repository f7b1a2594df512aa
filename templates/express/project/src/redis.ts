import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/**
 * A connection that never makes a request wait for long: while Redis is away its commands fail at
 * once, and the log says when it went and when it came back.
 */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let isAway = false;
  redis.on('ready', () => {
    if (isAway) logger.info('Redis is back: rate limits are shared again');
    isAway = false;
  });
  redis.on('error', (error) => {
    if (!isAway) logger.warn({ err: error }, 'Redis is away: rate limits count in this process');
    isAway = true;
  });
  return redis;
}
