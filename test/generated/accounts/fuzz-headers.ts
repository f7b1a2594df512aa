import type { IncomingHttpHeaders } from 'node:http';
import type { Known } from './fuzz-requests.ts';
import { mutate, oddStrings, type Pick } from './fuzz-values.ts';

export type Headers = Record<string, string | string[]>;
type HeaderMaker = [name: keyof IncomingHttpHeaders & string, value: () => string | string[]];

const contentTypes = [
  ...['text/plain', 'application/json; charset=utf-16', 'application/xml', 'multipart/form-data'],
  ...['application/json;;', '/', 'application/x-www-form-urlencoded', 'application/json; charset='],
];

export function usualHeaders(pick: Pick, { sessions }: Known, body: string | undefined) {
  return {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(pick.chance(0.85) && { Authorization: `Bearer ${pick(sessions).accessToken}` }),
  };
}

export function oddHeaders(pick: Pick, { sessions, ids }: Known): Headers {
  const { accessToken, refreshToken } = pick(sessions);
  const [head = '', payload = ''] = accessToken.split('.');
  const odd = () => headerText(pick(oddStrings));
  const makers: HeaderMaker[] = [
    ...conditions(pick),
    [
      'authorization',
      () =>
        pick([
          ...[odd(), '', 'Bearer', 'Bearer ', `Basic ${refreshToken}`, `bearer ${refreshToken}`],
          ...[`Bearer ${accessToken}x`, `Bearer ${head}.${payload}.`, `Bearer ${head}..`],
          `Bearer ${mutate(accessToken, pick).replace(/[^\w.-]/g, '')}`,
        ]),
    ],
    ['idempotency-key', () => pick([odd(), '', pick.word(), pick(ids), 'k'.repeat(300), 'same'])],
    ['content-type', () => pick(contentTypes)],
    ['cookie', () => pick([odd(), `token=${refreshToken}`, '=;=;', `session=${accessToken}`])],
    ['x-request-id', () => pick([odd(), refreshToken, 'a'.repeat(500), '"}{"level":"fatal"'])],
    ['origin', () => pick([odd(), 'null', 'https://evil.example'])],
    ['accept', () => pick([odd(), 'text/html', 'q=1;q'])],
    ['accept-encoding', () => pick(['gzip;q=x', 'identity;q=0', '*'])],
    ['content-encoding', () => pick(['gzip', 'br', 'nonsense'])],
    ['x-forwarded-for', () => pick([odd(), '127.0.0.1', `${'1,'.repeat(300)}`])],
    ['x-http-method-override', () => 'DELETE'],
    ['expect', () => pick(['100-continue', '100-continue', '200-ok'])],
    ['user-agent', () => pick([odd(), 'x'.repeat(5000)])],
  ];
  const headers: Headers = pick.chance(0.1) ? { 'if-match': '"x"' } : {};
  return { ...headers, ...someOf(makers, pick, [0, 0, 1, 1, 2]) };
}

/** What asks for a part, or for what has changed. */
export function conditions(pick: Pick): HeaderMaker[] {
  const odd = () => headerText(pick(oddStrings));
  const tag = () => pick([odd(), '*', '"x"', 'W/"1"', '"zzzzzzzzzz"', '"mfx0k1a2",,"', ',']);
  const time = () =>
    pick([
      ...[odd(), 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday'],
      ...['0', '-1', '2026-01-31T12:00:00Z', '9'.repeat(400), 'Thu, 99 Foo 2026 77:00:00 GMT'],
    ]);
  const range = () =>
    pick([
      ...[odd(), 'bytes', 'bytes=0-', 'bytes=0-99', 'bytes=9-1', 'bytes=-5', 'bytes=-'],
      ...['bytes=a-b', 'bytes=99999999-', 'bytes=0-0,5-9,-1', `bytes=${'0-1,'.repeat(500)}`],
      ...['items=0-5', '-1'],
      `bytes=${'9'.repeat(400)}-`,
    ]);
  return [
    ['range', range],
    ['range', range],
    ['if-range', () => pick([tag(), time()])],
    ['if-match', tag],
    ['if-none-match', tag],
    ['if-modified-since', time],
    ['if-unmodified-since', time],
  ];
}

export function someOf(makers: readonly HeaderMaker[], pick: Pick, counts: readonly number[]) {
  const headers: Headers = {};
  for (let count = pick(counts); count > 0; count -= 1) {
    const [name, value] = pick(makers);
    headers[name] = value();
  }
  return headers;
}

/** Whatever HTTP lets stand in a header. */
const headerText = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 3000);
