import { expect, it } from 'vitest';
import { createRateLimits, type RateLimits } from '../src/http/rate-limit.ts';
import { startApi } from './api.ts';
import { testRedis } from './redis.ts';

/** `name` is the name of the limit, `most` the number of requests that it allows. */
export function hasRateLimit(url: string, name: string, most: number) {
  it('tells every client its limit', async () => {
    const api = await startApi({ RATE_LIMIT: '1000000/second' });
    const { headers } = await api.get(`${url}/1`);
    expect(headers.get('ratelimit-limit')).toBe(String(most));
    await api.close();
  });

  it('answers 429 with the time to wait beyond it, and every other path goes on', async () => {
    const redis = await testRedis();
    const limits = createRateLimits('test', redis);
    const narrow: RateLimits = (each, rate) => limits(each, each === name ? '2/hour' : rate);
    const api = await startApi({}, { limits: narrow });
    for (const _ of [1, 2]) expect((await api.get(`${url}/1`)).status).not.toBe(429);
    const refused = await api.get(`${url}/1`);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.get(`${url}-elsewhere`)).status).toBe(404);
    await api.close();
    redis?.close();
  });
}
