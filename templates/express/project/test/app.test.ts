import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from './api.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('health', () => {
  it('answers /health and /ready', async () => {
    expect(await api.get('/health')).toMatchObject({
      status: 200,
      body: { data: { status: 'ok' } },
    });
    expect(await api.get('/ready')).toMatchObject({
      status: 200,
      body: { data: { status: 'ready' } },
    });
  });
});

describe('every answer', () => {
  it('carries the id of the request, in the header and in the body', async () => {
    const { headers, body } = await api.get('/health');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.meta.requestId).toBe(headers.get('x-request-id'));
    expect(Date.parse(body.meta.timestamp)).toBeGreaterThan(0);
  });

  it('does not say what the server is made of', async () => {
    expect((await api.get('/health')).headers.has('x-powered-by')).toBe(false);
  });
});

describe('errors', () => {
  it.each([
    ['an unknown route', 'GET', '/nowhere?a=1', {}, 404, 'NOT_FOUND'],
    ['an unknown endpoint', 'GET', '/api/nowhere', {}, 404, 'NOT_FOUND'],
    ['a method that the route does not have', 'DELETE', '/health', {}, 405, 'METHOD_NOT_ALLOWED'],
    ['a method of the docs', 'POST', '/docs/start.js', {}, 405, 'METHOD_NOT_ALLOWED'],
    [
      'a range beyond the end',
      'GET',
      '/docs/swagger-ui.css',
      { headers: { Range: 'bytes=99999999-' } },
      416,
      'RANGE_NOT_SATISFIABLE',
    ],
    [
      'a state that is not there',
      'GET',
      '/docs/swagger-ui.css',
      { headers: { 'If-Match': '"x"' } },
      412,
      'PRECONDITION_FAILED',
    ],
    ['malformed JSON', 'POST', '/api/nowhere', json('{"data":'), 400, 'BAD_REQUEST'],
    [
      'a body that is not JSON',
      'POST',
      '/api/nowhere',
      { body: 'a=1' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a body too large',
      'POST',
      '/api/x',
      json(`"${'x'.repeat(200_000)}"`),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('answers %s in the same form', async (_case, method, path, init, status, code) => {
    const answer = await api.send(method, path, init);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: { code, message: expect.any(String) },
      meta: {
        timestamp: expect.any(String),
        requestId: answer.headers.get('x-request-id'),
        path: path.split('?', 1)[0],
      },
    });
  });

  it.each(['GET', 'POST'])('asks %s for no content type where there is no body', async (method) => {
    const headers = { 'Content-Type': 'text/plain' };
    expect((await api.send(method, '/api/nowhere', { headers })).status).toBe(404);
  });

  it('names the allowed methods', async () => {
    const { headers } = await api.send('POST', '/ready');
    expect(headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('documentation', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { body } = await api.get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(body);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const { headers, body } = await api.get('/docs');
    expect(headers.get('content-type')).toContain('text/html');
    const sources = [...String(body).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const path of sources) expect([path, (await api.get(path)).status]).toEqual([path, 200]);
  });
});

function json(body: string): RequestInit {
  return { headers: { 'Content-Type': 'application/json' }, body };
}
