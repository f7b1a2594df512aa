import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendData } from '../src/http/envelope.ts';
import { createAppServer } from '../src/http/server.ts';
import { listen } from './listen.ts';

const data = [{ title: 'Füße & <b>', price: '1.50', at: undefined, none: null }];
let server: Awaited<ReturnType<typeof listen>>;

beforeEach(async () => {
  const app = express();
  app.disable('etag');
  app.use((_req, res, next) => {
    res.locals.requestId = 'x';
    next();
  });
  app.all('/ours', (_req, res) => sendData(res, data, { limit: 20 }));
  app.all('/express', (_req, res) => {
    const timestamp = new Date().toISOString();
    res.json({ data, meta: { limit: 20, timestamp, requestId: 'x' } });
  });
  server = await listen(createAppServer(app));
});
afterEach(() => server.close());

async function answer(path: string, init: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  const headers = Object.fromEntries(response.headers);
  delete headers.date;
  const text = (await response.text()).replace(/"timestamp":"[^"]{24}"/, '"timestamp":""');
  return { status: response.status, headers, text };
}

describe('sendData', () => {
  it.each([
    ['GET', {}],
    ['HEAD', {}],
    ['POST', {}],
    ['GET', { 'If-None-Match': '*' }],
    ['GET', { 'If-None-Match': '"other"' }],
    ['POST', { 'If-None-Match': '*' }],
  ])('answers %s with %j byte for byte as res.json does', async (method, headers) => {
    const ours = await answer('/ours', { method, headers });
    expect(ours).toEqual(await answer('/express', { method, headers }));
    expect(ours.headers['content-type']).toBe(
      ours.status === 200 ? 'application/json; charset=utf-8' : undefined,
    );
  });
});
