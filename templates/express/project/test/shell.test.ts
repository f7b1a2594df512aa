import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from './api.ts';

let api: Api;
afterEach(() => api.close());

const origin = 'https://app.example.com';

describe('security headers', () => {
  it('are on every answer, errors too', async () => {
    api = await startApi();
    for (const path of ['/health', '/nowhere', '/api/nowhere']) {
      const { headers } = await api.get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('CORS', () => {
  const preflight = (from: string) =>
    api.send('OPTIONS', '/api/x', {
      headers: { Origin: from, 'Access-Control-Request-Method': 'DELETE' },
    });

  it('is closed unless an origin is listed', async () => {
    api = await startApi();
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets a listed origin in, with credentials, and no other', async () => {
    api = await startApi({ CORS_ORIGINS: `${origin}, https://www.example.com` });
    const allowed = await preflight(origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-allow-methods')).toContain('DELETE');
    const other = await preflight('https://app.example.com.evil.test');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells a page of a listed origin what it may read', async () => {
    api = await startApi({ CORS_ORIGINS: origin });
    const { headers } = await api.send('GET', '/health', { headers: { Origin: origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('ETag');
    expect(headers.get('vary')).toBe('Origin');
  });

  it('does not ask callers without an origin for one, and keeps their answers apart', async () => {
    api = await startApi({ CORS_ORIGINS: origin });
    const { status, headers } = await api.get('/health');
    expect([status, headers.get('vary')]).toEqual([200, 'Origin']);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the rate limit', () => {
  it('answers 429 with the time to wait', async () => {
    api = await startApi({ RATE_LIMIT: '2/hour' });
    const first = await api.get('/api/nowhere');
    expect(first.status).toBe(404);
    expect(first.headers.get('ratelimit-limit')).toBe('2');
    expect(first.headers.get('ratelimit-remaining')).toBe('1');
    await api.get('/api/nowhere');

    const refused = await api.get('/api/nowhere');
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('RATE_LIMITED');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('does not count /health', async () => {
    api = await startApi({ RATE_LIMIT: '1/hour' });
    for (let count = 0; count < 3; count += 1) expect((await api.get('/health')).status).toBe(200);
  });

  it('sees the client behind a trusted proxy, and only there', async () => {
    const from = (address: string) =>
      api.send('GET', '/api/x', { headers: { 'X-Forwarded-For': address } });
    api = await startApi({ RATE_LIMIT: '1/hour', TRUST_PROXY: '1' });
    expect((await from('203.0.113.1')).status).toBe(404);
    expect((await from('203.0.113.2')).status).toBe(404);
    expect((await from('203.0.113.1')).status).toBe(429);
    await api.close();

    api = await startApi({ RATE_LIMIT: '1/hour' });
    expect((await from('203.0.113.1')).status).toBe(404);
    expect((await from('203.0.113.2')).status).toBe(429);
  });
});

describe('the request id', () => {
  const withId = (id: string) => api.send('GET', '/health', { headers: { 'X-Request-Id': id } });

  it('of a trusted proxy is kept, unless it could break the log', async () => {
    api = await startApi({ TRUST_PROXY: 'loopback' });
    expect((await withId('edge-42')).headers.get('x-request-id')).toBe('edge-42');
    expect((await withId('a b')).headers.get('x-request-id')).not.toBe('a b');
  });

  it('of anybody else is not', async () => {
    api = await startApi();
    expect((await withId('edge-42')).headers.get('x-request-id')).not.toBe('edge-42');
  });
});

describe('the log', () => {
  it('has one line a request, and an error once, with its stack', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    api = await startApi({}, { logger });
    await api.get('/api/nowhere?token=secret');
    await expect.poll(() => lines.length).toBe(1);
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ method: 'GET', path: '/api/nowhere', status: 404 });
    expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines.join()).not.toContain('secret');
  });

  it('has what nobody expected with its stack, once, and the answer has nothing of it', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const limits = () => () => {
      throw new Error('the cause in full');
    };
    api = await startApi({}, { logger, limits });
    const { status, body, headers } = await api.get('/api/nowhere');
    expect(status).toBe(500);
    expect(body.error).toEqual({ code: 'INTERNAL_ERROR', message: expect.any(String) });
    expect(JSON.stringify(body)).not.toContain('the cause');
    await expect.poll(() => lines.length).toBe(2);
    const [error, line] = lines.map((each) => JSON.parse(each));
    expect(error).toMatchObject({ level: 50, requestId: headers.get('x-request-id') });
    expect(error.err.stack).toMatch(/the cause in full\n +at /);
    expect(line).toMatchObject({ status: 500, requestId: body.meta.requestId, ip: '127.0.0.1' });
    expect(lines[1]).not.toContain('the cause');
  });

  it('is not interrupted by warnings of proxies that nobody set up', async () => {
    const { error, warn } = console;
    const printed: unknown[] = [];
    console.error = console.warn = (...words) => printed.push(words);
    try {
      api = await startApi({ RATE_LIMIT: '9/hour' });
      const headers = { Forwarded: 'for=203.0.113.1', 'X-Forwarded-For': '203.0.113.1' };
      expect((await api.send('GET', '/api/nowhere', { headers })).status).toBe(404);
    } finally {
      Object.assign(console, { error, warn });
    }
    expect(printed).toEqual([]);
  });

  it('keeps no token that somebody puts into the path', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    api = await startApi({}, { logger });
    const [id, token] = [crypto.randomUUID(), 'kZ0mX4bQ9tR7wL2pV6sN8yH3cJ5dF1gAkZ0mX4bQ9tR'];
    const { body } = await api.get(`/api/${id}/${token}/x`);
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '').path).toBe(`/api/${id}/[redacted]/x`);
    expect(JSON.stringify(body)).not.toContain(token);
  });
});
