import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type Api, fieldsOf } from './api.ts';
import { newPerson, news, newsBody, people } from './samples.ts';

const jsonType = { 'Content-Type': 'application/json' };
const valid = JSON.stringify({ data: { name: 'Ada' } });

/** Requests that are wrong before anybody asks what they mean. */
export function protocolContract(api: () => Api): void {
  it.each([
    ['GET', '/nowhere'],
    ['GET', '/api/nowhere'],
    ['DELETE', '/api/nowhere/1'],
    ['GET', `/api/people/${randomUUID()}`],
    ['GET', '/api/people/1'],
    ['DELETE', '/api/people/not-an-id'],
    ['GET', '/api/people/%00'],
    ['GET', '/api/pings'],
    ['GET', '//api/people'],
  ])('answers 404 to %s %s', async (method, path) => {
    const { status, error } = await api().raw(method, path);
    expect([status, error?.code]).toEqual([404, 'NOT_FOUND']);
  });

  it.each([
    ['PUT', people, 'GET, HEAD, POST'],
    ['OPTIONS', people, 'GET, HEAD, POST'],
    ['POST', `${people}/${randomUUID()}`, 'GET, HEAD, PUT, PATCH, DELETE'],
    ['DELETE', `${people}/${randomUUID()}/news`, 'GET, HEAD, POST'],
    ['POST', '/api/logs', 'GET, HEAD'],
    ['GET', '/api/inbox-messages', 'POST'],
    ['GET', `/api/inbox-messages/${randomUUID()}`, 'DELETE'],
    ['DELETE', `/api/pings/${randomUUID()}`, 'PATCH'],
    ['PATCH', `/api/settings/${randomUUID()}`, 'GET, HEAD, PUT, DELETE'],
    ['POST', '/health', 'GET, HEAD'],
  ])('answers 405 to %s %s, and what is allowed', async (method, path, allowed) => {
    const { status, headers, error } = await api().raw(method, path);
    expect([status, error?.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(headers.get('allow')?.split(', ').sort()).toEqual(allowed.split(', ').sort());
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['half of an object', '{"data":{"name":"A"}'],
    ['no JSON', 'name=A'],
    ['a comment', '{"data":{"name":"A"}} //'],
    ['a list', '[]'],
    ['a text', '"data"'],
    ['null', 'null'],
    ['no data', '{"name":"A"}'],
    ['data that is a list', '{"data":[]}'],
    ['data that is null', '{"data":null}'],
    ['more than data', '{"data":{"name":"A"},"more":1}'],
    ['a __proto__ beside data', '{"data":{"name":"A"},"__proto__":{"admin":true}}'],
  ])('answers 400 to a body with %s', async (_what, body) => {
    const { status, error } = await api().raw('POST', people, {
      headers: jsonType,
      ...(body !== undefined && { body }),
    });
    expect([status, error?.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('takes a body of no bytes for none', async () => {
    const { status } = await api().raw('POST', '/api/nowhere', { headers: jsonType, body: '' });
    expect(status).toBe(404);
  });

  it('answers 413 to a body that is too large, announced, streamed or packed', async () => {
    const large = JSON.stringify({ data: { name: 'x'.repeat(200_000) } });
    const stream = new Blob([large]).stream();
    const inits: RequestInit[] = [
      { headers: jsonType, body: large },
      { headers: jsonType, body: stream, duplex: 'half' },
      { headers: { ...jsonType, 'Content-Encoding': 'gzip' }, body: gzipSync(large) },
    ];
    for (const init of inits) {
      const { status, error } = await api().raw('POST', people, init);
      expect([status, error?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
  });

  it.each([
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'application/jsonp' },
    { 'Content-Type': 'nonsense' },
    { 'Content-Type': 'application/json; charset=latin1' },
    { 'Content-Type': 'application/json', 'Content-Encoding': 'unknown' },
  ])('answers 415 to %o', async (headers) => {
    const { status, error } = await api().raw('POST', people, { headers, body: valid });
    expect([status, error?.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('takes a body that is packed, and answers 400 to one that only says so', async () => {
    const headers = { ...jsonType, 'Content-Encoding': 'gzip' };
    const packed = await api().raw('POST', people, { headers, body: gzipSync(valid) });
    expect(packed.status).toBe(201);
    const broken = await api().raw('POST', people, { headers, body: valid });
    expect([broken.status, broken.error?.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('says everything that is wrong at once, and repeats no private value', async () => {
    const wrong = newsBody('no-id', {
      headline: 'x',
      score: 2,
      rank: 'seven',
      price: 12.5,
      day: '2026-02-30',
      at: 'yesterday',
      contact: 'nobody',
      site: 'javascript:alert(1)',
      meta: 'text',
      kind: 'z',
      token: 'my-secret-token',
      pin: 'my-secret-pin',
      level: 4,
      extra: 'my-secret-extra',
      nonsense: 1,
      id: randomUUID(),
      createdAt: '2026-01-01T00:00:00Z',
      views: 1,
    });
    const answer = await api().post(news, wrong);
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR']);
    const fine = new Set(['cost', 'trace']);
    const expected = Object.keys(wrong).filter((name) => !fine.has(name));
    expect(fieldsOf(answer)).toEqual(expected.sort());
    expect(answer.error?.details).toContainEqual({
      field: 'kind',
      message: expect.any(String),
      value: 'z',
    });
    expect(answer.text).not.toContain('my-secret');
  });

  it('answers 422 to a reference that leads nowhere', async () => {
    const answer = await api().post(news, newsBody(randomUUID()));
    expect([answer.status, fieldsOf(answer)]).toEqual([422, ['authorId']]);
  });

  it('gives every answer an id of its own, whatever the caller sends', async () => {
    const { id } = await newPerson(api());
    const headers = { 'X-Request-Id': 'mine"}\\u0000' };
    const one = await api().raw('GET', `${people}/${id}`, { headers });
    const two = await api().raw('GET', `${people}/${id}`, { headers });
    expect(one.meta.requestId).not.toBe(two.meta.requestId);
  });
}
