import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { SharedRedis } from '../redis.ts';
import { tooManyRequests } from './errors.ts';
import { sharedStore } from './rate-limit-store.ts';

/**
 * Creates a rate limiter for each client, such as `100/minute`. A client is identified by its IP
 * address, or by the result of `keyOf`.
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
 * Without Redis, each limiter counts in this process. With Redis, limiters of the same name share
 * their counters across all processes of the project.
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
      // TRUST_PROXY decides which proxies are trusted, and the library's warnings bypass the
      // logger.
      validate: { forwardedHeader: false, xForwardedForHeader: false },
      handler: (_req, _res, next) => next(tooManyRequests()),
    });
  };
}
