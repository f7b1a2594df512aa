import { known } from './known.ts';
import { isObject, type Pairs, type Side } from './pairs.ts';

/** A request for both stacks; marks stand for what each made. */
export type Request = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
};

export type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** What differs, to be read by a person. */
export type Difference = { request: Request; differs: string; express: unknown; fastapi: unknown };

export type Compared = { answers: readonly [Answer, Answer]; differences: Difference[] };

/** Of the connection, or of the moment. */
const passing =
  /^(date|connection|keep-alive|transfer-encoding|content-length|ratelimit-(remaining|reset))$/;
const present = /^(x-request-id|retry-after)$/;

/** Sends a request to both, and compares status, headers and body. */
export async function compare(
  urls: readonly [string, string],
  request: Request,
  pairs: Pairs,
): Promise<Compared> {
  const [one, other] = [
    await ask(0, urls[0], request, pairs),
    await ask(1, urls[1], request, pairs),
  ];
  pairs.learnAll(one.body, other.body);
  if (one.headers.etag && other.headers.etag) pairs.learn([one.headers.etag, other.headers.etag]);
  const parts = {
    status: [one.status, other.status],
    headers: [headersOf(0, one, pairs), headersOf(1, other, pairs)],
    body: [pairs.plain(0, one.body), pairs.plain(1, other.body)],
  };
  const differences = Object.entries(parts)
    .filter(([, [left, right]]) => JSON.stringify(left) !== JSON.stringify(right))
    .map(([differs, [express, fastapi]]) => ({ request, differs, ...only(express, fastapi) }))
    .filter((difference) => !known.some(({ covers }) => covers(difference, one)));
  return { answers: [one, other], differences };
}

async function ask(side: Side, url: string, request: Request, pairs: Pairs): Promise<Answer> {
  const render = (text: string) => pairs.rendered(side, text);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, render(value)]);
  const response = await fetch(`${url}${render(request.path)}`, {
    method: request.method,
    headers: Object.fromEntries(headers),
    redirect: 'manual',
    ...(request.body !== undefined && { body: render(request.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : text,
  };
}

function headersOf(side: Side, { headers }: Answer, pairs: Pairs): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !passing.test(name));
  const plain = kept.map(([name, value]) => [
    name,
    present.test(name) ? 'there' : pairs.marked(side, value),
  ]);
  return Object.fromEntries(plain.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
}

/** Only what is not the same in both objects. */
function only(express: unknown, fastapi: unknown): { express: unknown; fastapi: unknown } {
  if (!isObject(express) || !isObject(fastapi)) return { express, fastapi };
  const names = [...new Set([...Object.keys(express), ...Object.keys(fastapi)])].filter(
    (name) => JSON.stringify(express[name]) !== JSON.stringify(fastapi[name]),
  );
  if (names.length === 0) {
    return { express: Object.keys(express).join(), fastapi: Object.keys(fastapi).join() };
  }
  const part = (of: Record<string, unknown>) =>
    Object.fromEntries(names.filter((name) => name in of).map((name) => [name, of[name]]));
  return { express: part(express), fastapi: part(fastapi) };
}
