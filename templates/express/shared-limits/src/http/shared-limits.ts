import type { RequestHandler } from 'express';
import type { RateLimits } from './rate-limit.ts';

/** One limiter for each name, so that all versions of the API, and GraphQL, count together. */
export function sharedLimits(create: RateLimits): RateLimits {
  const limiters = new Map<string, RequestHandler>();
  return (name, rate, keyOf) => {
    const limiter = limiters.get(name) ?? create(name, rate, keyOf);
    limiters.set(name, limiter);
    return limiter;
  };
}
