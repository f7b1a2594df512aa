import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listen } from '../../test/listen.ts';
import { answering, type Behaviour, startUpstream } from '../../test/upstream.ts';
import { rememberRequest } from './current-request.ts';
import { readRetryAfter } from './fetch-json.ts';
import { createUpstream, type Limits } from './upstream.ts';

const schema = z.object({ ok: z.boolean() });
const answer = { ok: true };
const get = { method: 'GET', path: '/', schema } as const;
const post = { method: 'POST', path: '/', body: {}, schema } as const;

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function open(behaviour: Behaviour, own: Partial<Limits> = {}) {
  const service = await startUpstream(behaviour);
  close = service.close;
  const metrics = new Registry();
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => lines.push(line) });
  const settings = { url: service.url, key: 'the-key' };
  const limits = { timeout: 3000, deadline: 10_000, pause: 10, ...own };
  const upstream = createUpstream('service', settings, { logger, metrics }, limits);
  return { ...service, upstream, metrics, lines };
}

const failingFirst =
  (failure: Behaviour): Behaviour =>
  (res, count, asked) =>
    count === 1 ? failure(res, count, asked) : answering(answer)(res, count, asked);

describe('what may be repeated', () => {
  it('is sent again after a failure that passes', async () => {
    const { upstream, asked } = await open(failingFirst((res) => res.destroy()));
    expect(await upstream.call(get)).toEqual(answer);
    expect(asked.length).toBe(2);
  });

  it('is a POST with a key, the same at each attempt', async () => {
    const { upstream, asked } = await open(failingFirst(answering({}, 500)));
    expect(await upstream.call({ ...post, idempotencyKey: 'one' })).toEqual(answer);
    expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['one', 'one']);
  });

  it('is no other POST, and nothing that the service refuses', async () => {
    const broken = await open(answering({}, 500));
    await expect(broken.upstream.call(post)).rejects.toMatchObject({ kind: 'failed' });
    expect(broken.asked.length).toBe(1);
    await broken.close();
    const refusing = await open(answering({}, 404));
    await expect(refusing.upstream.call(get)).rejects.toMatchObject({ upstreamStatus: 404 });
    expect(refusing.asked.length).toBe(1);
  });

  it.each([429, 503])('waits as long as an answer with %s says', async (status) => {
    const limited = answering({}, status, { 'Retry-After': '1' });
    const { upstream, asked } = await open(failingFirst(limited));
    const startedAt = performance.now();
    expect(await upstream.call(get)).toEqual(answer);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
    expect(asked.length).toBe(2);
  });

  it('does not wait beyond the deadline', async () => {
    const { upstream } = await open(answering({}, 503, { 'Retry-After': '60' }));
    const startedAt = performance.now();
    const failure = { status: 503, headers: { 'Retry-After': '60' } };
    await expect(upstream.call(get)).rejects.toMatchObject(failure);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe('the limits', () => {
  it('end all attempts together', async () => {
    const { upstream, asked } = await open(() => {}, { attempts: 100, timeout: 200, deadline: 1000 });
    const startedAt = performance.now();
    await expect(upstream.call(get)).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('end a call that its caller aborts, which counts for nothing', async () => {
    const own = { timeout: 5000, deadline: 5000, failures: 1 };
    const { upstream, metrics } = await open(() => {}, own);
    const signal = AbortSignal.timeout(50);
    await expect(upstream.call({ ...get, signal })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(upstream.isOpen()).toBe(false);
    expect(await metrics.metrics()).toContain('outcome="cancelled"');
  });

  it('refuse calls at once when too many wait', async () => {
    const { upstream } = await open(() => {}, { concurrent: 1, waiting: 1, timeout: 300, deadline: 1000 });
    const calls = [1, 2, 3].map(() => upstream.call(get));
    const ended = await Promise.allSettled(calls);
    const kinds = ended.map((each) => (each.status === 'rejected' ? each.reason.kind : 'ok'));
    expect(kinds).toContain('busy');
    expect(kinds.filter((kind) => kind === 'busy').length).toBe(1);
  });

  it('open the circuit after failures in a row, and try again later', async () => {
    let isBroken = true;
    const behaviour: Behaviour = (res, ...rest) =>
      answering(answer, isBroken ? 500 : 200)(res, ...rest);
    const own = { attempts: 1, failures: 3, openFor: 3000 };
    const { upstream, asked, metrics } = await open(behaviour, own);
    for (let count = 0; count < 3; count += 1) {
      await expect(upstream.call(get)).rejects.toMatchObject({ kind: 'failed' });
    }
    expect(upstream.isOpen()).toBe(true);
    await expect(upstream.call(get)).rejects.toMatchObject({ kind: 'open', status: 503 });
    expect(asked.length).toBe(3);
    expect(await metrics.metrics()).toContain('upstream_circuit_open{upstream="service"} 1');
    isBroken = false;
    await sleep(3100);
    expect(upstream.isOpen()).toBe(false);
    expect(await upstream.call(get)).toEqual(answer);
    const text = await metrics.metrics();
    expect(text).toContain('upstream_circuit_open{upstream="service"} 0');
    expect(text).toMatch(
      /upstream_call_duration_seconds_count\{upstream="service",outcome="failed"\} 3/,
    );
  });

  it('count what the service refuses for nothing', async () => {
    const { upstream } = await open(answering({}, 404), { failures: 1 });
    await expect(upstream.call(get)).rejects.toMatchObject({ kind: 'refused' });
    expect(upstream.isOpen()).toBe(false);
  });
});

it('answers what the fallback says, but not for what the service refuses', async () => {
  const fallback = () => ({ ok: false });
  const broken = await open(answering({}, 500), { attempts: 1 });
  expect(await broken.upstream.call({ ...get, fallback })).toEqual({ ok: false });
  await broken.close();
  const refusing = await open(answering({}, 404));
  await expect(refusing.upstream.call({ ...get, fallback })).rejects.toMatchObject({
    kind: 'refused',
  });
});

it('follows redirects on the same host, and sends its key to no other', async () => {
  const other = await startUpstream(answering(answer));
  const { upstream, asked } = await open((res, count, ...rest) => {
    const location = asked.at(-1)?.path === '/away' ? other.url : '/there';
    answering(answer, count % 2 === 1 ? 302 : 200, { Location: location })(res, count, ...rest);
  });
  expect(await upstream.call(get)).toEqual(answer);
  expect(asked.map(({ path }) => path)).toEqual(['/', '/there']);
  await expect(upstream.call({ ...get, path: '/away' })).rejects.toMatchObject({
    kind: 'redirected',
  });
  expect(other.asked).toEqual([]);
  await other.close();
});

it.each(['/a/..', '/a/%2E%2e/b', '/.', '/a\\..\\b', '@other.example/'])(
  'asks for nothing that is not below the address: %s',
  async (path) => {
    const { upstream, asked } = await open(answering(answer));
    await expect(upstream.call({ ...get, path })).rejects.toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  },
);

it('passes on the id and the trace of the request, and logs no secret', async () => {
  const { upstream, asked, lines } = await open(answering({ secret: 'x' }, 500), { attempts: 1 });
  const app = express();
  app.use((_req, res, next) => {
    res.locals.requestId = 'request-1';
    next();
  });
  app.use(rememberRequest);
  app.get('/', async (_req, res) => {
    await upstream.call({ ...get, query: { card: '4111' } }).catch(() => undefined);
    res.end();
  });
  const server = await listen(createServer(app));
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await fetch(`http://127.0.0.1:${server.port}/`, { headers: { traceparent } });
  await fetch(`http://127.0.0.1:${server.port}/`, { headers: { traceparent: 'x' } });
  await server.close();
  expect(asked[0]?.headers).toMatchObject({ 'x-request-id': 'request-1', traceparent });
  expect(asked[1]?.headers).not.toHaveProperty('traceparent');
  expect(lines.join('')).toContain('"requestId":"request-1"');
  expect(lines.join('')).not.toMatch(/the-key|4111|secret/);
});

it.each([
  ['2', 2000],
  ['Thu, 01 Jan 1970 00:00:05 GMT', 5000],
  ['soon', undefined],
  [null, undefined],
])('reads Retry-After: %s', (value, expected) => {
  expect(readRetryAfter(value, 0)).toBe(expected);
});
