import { UpstreamError } from './upstream-error.ts';

export type Asked = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the URL of the service; encode what comes from outside. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** Makes a POST or PATCH safe to repeat, where the service knows the header. */
  idempotencyKey?: string;
  signal: AbortSignal;
};

const mostRedirects = 3;

const dots = /(^|[/\\])(\.|%2e){1,2}([/\\]|$)/i;

/** The JSON of an answer; undefined for an empty one. Throws an `UpstreamError` for any other. */
export async function fetchJson(
  name: string,
  base: string,
  { largest, ...asked }: Asked & { largest: number },
): Promise<unknown> {
  // `fetch` resolves dots, and so would leave the path that was meant.
  if (!asked.path.startsWith('/') || dots.test(asked.path)) throw new UpstreamError(name, 'refused');
  const url = new URL(base.replace(/\/*$/, '') + asked.path);
  for (const [key, value] of Object.entries(asked.query ?? {})) url.searchParams.set(key, value);
  const response = await follow(name, url, asked);
  const { status } = response;
  if (status < 200 || status > 299) {
    await response.body?.cancel();
    const retryAfter = readRetryAfter(response.headers.get('retry-after'));
    throw new UpstreamError(name, kindOf(status), { status, retryAfter });
  }
  const text = await readText(name, response, largest);
  if (text === '') return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    throw new UpstreamError(name, 'garbage', { status });
  }
}

function kindOf(status: number) {
  if (status === 429 || status === 503) return 'limited';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'redirected';
}

/** Follows redirects of a GET on the same host only: another one would get the key. */
async function follow(name: string, url: URL, asked: Omit<Asked, 'path'>): Promise<Response> {
  const { method, body, headers, idempotencyKey, signal } = asked;
  let target = url;
  for (let count = 0; ; count += 1) {
    const response = await fetch(target, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
    if (method !== 'GET' || count >= mostRedirects || next?.origin !== url.origin) {
      throw new UpstreamError(name, 'redirected', { status: response.status });
    }
    target = next;
  }
}

async function readText(name: string, response: Response, largest: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > largest) throw new UpstreamError(name, 'too large', { status: response.status });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds or a date (RFC 9110, 10.2.3) in milliseconds from now. */
export function readRetryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
