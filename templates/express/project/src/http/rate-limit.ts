import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { SharedRedis } from '../redis.ts';
import { tooManyRequests } from './errors.ts';
import { sharedStore } from './rate-limit-store.ts';

/**
 * Makes a limiter: at most so many requests of a client, as `100/minute` says. A client is an
 * address, or whatever `keyOf` tells apart.
 */
export type RateLimits = (
  name: string,
  rate: string,
  keyOf?: (req: Request) => string | Promise<string>,
) => RequestHandler;

export const ratePattern = /^([1-9]\d*)\/(second|minute|hour|day)$/;

const milliseconds: Record<string, number> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Counts in this process, each limit by itself; or in Redis, where limits of one name share a count
 * with each other and with all other processes of the project.
 */
export function createRateLimits(project: string, redis: SharedRedis | undefined): RateLimits {
  return (name, rate, keyOf) => {
    const [, limit, unit = ''] = ratePattern.exec(rate) ?? [];
    const windowMs = milliseconds[unit];
    if (!limit || !windowMs) throw new Error(`Unknown rate ${rate}: expected one like 100/minute`);
    return rateLimit({
      limit: Number(limit),
      windowMs,
      standardHeaders: 'draft-6',
      legacyHeaders: false,
      ...(keyOf && { keyGenerator: keyOf }),
      ...(redis && { store: sharedStore(redis, `${project}:rate:${name}:`) }),
      // Which proxies to believe is what TRUST_PROXY says: its warnings would not be lines of the log.
      validate: { forwardedHeader: false, xForwardedForHeader: false },
      handler: (_req, _res, next) => next(tooManyRequests()),
    });
  };
}
