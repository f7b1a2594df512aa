import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics, createMetricsServer } from '../src/http/metrics.ts';
import { type Api, startApi } from './api.ts';
import { testDatabase } from './database.ts';
import { listen } from './listen.ts';

let api: Api;
let port: number;
let close: () => Promise<void>;

beforeAll(async () => {
  const metrics = createMetrics(await testDatabase());
  api = await startApi({}, { metrics });
  ({ port, close } = await listen(createMetricsServer(metrics)));
});
afterAll(async () => {
  await api.close();
  await close();
});

const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
const scrape = async () => (await ask('/metrics')).text();

describe('metrics', () => {
  it('are on a port of their own, which has nothing else', async () => {
    expect((await ask('/metrics')).headers.get('content-type')).toContain('text/plain');
    expect((await ask('/health')).status).toBe(404);
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(404);
    expect((await api.get('/metrics')).status).toBe(404);
  });

  it('say how the process is and how long requests took', async () => {
    await api.get('/health');
    await expect
      .poll(scrape)
      .toContain(
        'http_request_duration_seconds_count{method="GET",route="/health",status="200"} 1',
      );
    expect(await scrape()).toContain('process_resident_memory_bytes');
  });

  it('have one series for all routes that there are not', async () => {
    const unknown = /_count\{method="GET",route="unknown",status="404"\} (\d+)/;
    const count = async () => Number(unknown.exec(await scrape())?.[1] ?? 0);
    const before = await count();
    for (const path of ['/a', '/b?c=d', '/api/e', '/api/%66']) await api.get(path);
    await expect.poll(count).toBe(before + 4);
    expect(await scrape()).not.toMatch(/route="\/[ab]|route="\/api/);
  });
});
