import { afterEach, describe, expect, it } from 'vitest';
import type { ApiError } from './client/api.ts';
import { createClient, isApiError, version } from './client/api.ts';
import type { FakeAnswer } from './client/fake-server.ts';
import { openFakeServer, refusal, row } from './client/fake-server.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function answering(...answers: FakeAnswer[]) {
  const server = await openFakeServer(answers);
  opened.push(server);
  return { server, api: createClient({ baseUrl: server.url, timeout: 2_000 }) };
}

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isApiError(error)) throw new Error(`no error of the API: ${error}`);
  return error;
}

const post = { id: 'p1', title: 'one' };
const create = { title: 'one' };
const rateLimited = { code: 'RATE_LIMITED', message: 'Too many requests' };
const html: FakeAnswer = { status: 502, body: '<h1>Bad gateway</h1>' };

describe('a request that fails is repeated', () => {
  it.each<[string, FakeAnswer]>([
    ['whose connection closes', 'closes'],
    ['that a proxy could not pass on', html],
    ['that took too long to arrive', refusal(408, { code: 'REQUEST_TIMEOUT', message: 'slow' })],
    ['that a busy server refuses', refusal(503, { code: 'SERVICE_UNAVAILABLE', message: 'busy' })],
  ])('%s', async (_, failure) => {
    const { server, api } = await answering(failure, failure, row(post));
    expect(await api.posts.create(create)).toMatchObject(post);
    const keys = new Set(server.asked.map(({ key }) => key));
    expect(server.asked).toHaveLength(3);
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[\x21-\x7e]{20,255}$/);
  });

  it('after the seconds that the server asks for', async () => {
    const { server, api } = await answering(
      refusal(429, rateLimited, { 'Retry-After': '1' }),
      row(post),
    );
    await api.posts.update('p1', { title: 'two' });
    const [first, second] = server.asked.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1000);
  });

  it('or at the moment that it names', async () => {
    const at = new Date(Date.now() + 2_000).toUTCString();
    const { server, api } = await answering(
      refusal(503, { code: 'SERVICE_UNAVAILABLE', message: 'later' }, { 'Retry-After': at }),
      row(post),
    );
    await api.posts.get('p1');
    const [first, second] = server.asked.map(({ at: when }) => when);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(500);
  });

  it('while the first of two with one key is still being processed', async () => {
    const running = refusal(409, {
      code: 'CONFLICT',
      message: 'still being processed',
      details: [],
    });
    const { server, api } = await answering('closes', running, row(post));
    expect(await api.posts.create(create)).toMatchObject(post);
    expect(server.asked).toHaveLength(3);
  });
});

describe('a request is not repeated', () => {
  it.each<[string, FakeAnswer, string]>([
    [
      'where the server refuses it',
      refusal(403, { code: 'FORBIDDEN', message: 'no' }),
      'FORBIDDEN',
    ],
    [
      'where the server fails',
      refusal(500, { code: 'INTERNAL_ERROR', message: 'x' }),
      'INTERNAL_ERROR',
    ],
    [
      'where the server asks for more than a minute',
      refusal(429, rateLimited, { 'Retry-After': '61' }),
      'RATE_LIMITED',
    ],
    [
      'where a value is taken',
      refusal(409, {
        code: 'CONFLICT',
        message: 'x',
        details: [{ field: 'title', message: 'taken' }],
      }),
      'CONFLICT',
    ],
  ])('%s', async (_, answer, code) => {
    const { server, api } = await answering(answer);
    expect(await errorOf(api.posts.create(create))).toMatchObject({ code, requestId: 'r1' });
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, (api: ReturnType<typeof createClient>) => Promise<unknown>]>([
    ['a change', (api) => api.posts.update('p1', { title: 'two' })],
    ['a removal', (api) => api.posts.delete('p1')],
    ['a login', (api) => api.auth.logIn({ email: 'a@example.com', password: 'x' })],
  ])('as %s whose effect is unknown', async (_, call) => {
    const { server, api } = await answering('closes', row(post));
    expect(await errorOf(call(api))).toMatchObject({ code: 'NO_ANSWER', status: undefined });
    expect(server.asked).toHaveLength(1);
  });

  it('more often than the options say', async () => {
    const { server } = await answering('closes');
    const api = createClient({ baseUrl: server.url, retries: 1 });
    expect(await errorOf(api.posts.get('p1'))).toMatchObject({ code: 'NO_ANSWER' });
    expect(server.asked).toHaveLength(2);
  });
});

describe('an error', () => {
  it('has what its code promises', async () => {
    const details = [{ field: 'title', message: 'too long', value: 'xxx' }];
    const invalid = await answering(
      refusal(422, { code: 'VALIDATION_ERROR', message: 'invalid', details }),
    );
    const error = await errorOf(invalid.api.posts.create(create));
    if (error.code !== 'VALIDATION_ERROR') throw error;
    expect(error.details).toEqual(details);
    expect(error).toMatchObject({ name: 'ApiError', message: 'invalid', status: 422 });
    const busy = await answering(refusal(429, rateLimited, { 'Retry-After': '90' }));
    const limited = await errorOf(busy.api.posts.get('p1'));
    if (limited.code !== 'RATE_LIMITED') throw limited;
    expect(limited.retryAfter).toBe(90);
  });

  it.each<[string, FakeAnswer, number]>([
    ['text', { status: 200, body: 'hello' }, 200],
    ['another JSON', { status: 200, body: '[1]' }, 200],
    ['an unknown code', refusal(418, { code: 'TEAPOT', message: 'short' }), 418],
    ['a page', { status: 404, body: '<h1>Not found</h1>' }, 404],
  ])('tells of an answer that is none of the API: %s', async (_, answer, status) => {
    const { api } = await answering(answer);
    expect(await errorOf(api.posts.get('p1'))).toMatchObject({ code: 'INVALID_ANSWER', status });
  });
});

describe('waiting', () => {
  it('ends after the timeout, for one call or all', async () => {
    const { api } = await answering('hangs');
    const start = performance.now();
    expect(await errorOf(api.posts.update('p1', {}, { timeout: 100 }))).toMatchObject({
      code: 'TIMEOUT',
      message: 'No answer within 100 ms',
    });
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('ends when the caller aborts, with the reason of the caller', async () => {
    const { api } = await answering('hangs');
    const controller = new AbortController();
    const waiting = api.posts.list({}, { signal: controller.signal }).page();
    setTimeout(() => controller.abort(new Error('gone')), 50);
    await expect(waiting).rejects.toThrow('gone');
    await expect(api.posts.get('p1', { signal: controller.signal })).rejects.toThrow('gone');
  });

  it('ends in a pause too', async () => {
    const { server, api } = await answering(refusal(429, rateLimited, { 'Retry-After': '30' }));
    const { signal } = ((controller) => {
      setTimeout(() => controller.abort(new Error('gone')), 200);
      return controller;
    })(new AbortController());
    const start = performance.now();
    await expect(api.posts.get('p1', { signal })).rejects.toThrow('gone');
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(server.asked).toHaveLength(1);
  });
});

it('takes the version of a row also from a proxy that makes it weak', async () => {
  const body = JSON.stringify({ data: post, meta: {} });
  const { api } = await answering({ status: 200, headers: { ETag: 'W/"one"' }, body });
  const read = await api.posts.get('p1');
  expect(read[version]).toBe('"one"');
  expect(JSON.stringify(read)).toBe(JSON.stringify(post));
});
