import { type Answer, readAnswer, shortened } from './answer.ts';
import { BrokenPromise } from './promise.ts';

/** Whom a request is sent for. Without a token it is anybody. */
export type Caller = { name: string; role: string | undefined; id?: string; token?: string };

export const stranger: Caller = { name: 'anybody', role: undefined };

export type Request = {
  as?: Caller;
  /** What stands under `data` in the body. */
  data?: unknown;
  /** The body as it is. */
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

export type Client = {
  /** Sends a request to a path below the base path. */
  send(method: string, path: string, request?: Request): Promise<Answer>;
  /** The same beside the base path, where an answer may have any form. */
  fetch(path: string): Promise<Response>;
};

type Options = {
  /** Such as `http://localhost:3000`. */
  url: string;
  basePath: string;
  /** Waits for as many seconds, and says so. */
  pause(seconds: number): Promise<void>;
};

/** In milliseconds. */
const deadline = 15_000;
const mostPauses = 5;
const longestPause = 120;

/** Sends requests to a running service, and holds every answer to its form. */
export function createClient({ url, basePath, pause }: Options): Client {
  async function send(method: string, path: string, request: Request = {}): Promise<Answer> {
    const { as = stranger, data, headers } = request;
    const body = request.body ?? (data === undefined ? undefined : JSON.stringify({ data }));
    const full = `${basePath}${path}`;
    const shown = typeof body === 'string' ? ` ${shortened(body)}` : '';
    const words = `${method} ${shortened(full)}${shown} (as ${as.name})`;
    const init = {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(as.token !== undefined && { Authorization: `Bearer ${as.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    } as const;
    for (let pauses = 0; ; pauses += 1) {
      const { response, text } = await answered(words, `${url}${full}`, init);
      const sent = { request: words, method, path: full.split('?', 1)[0] ?? full };
      const answer = readAnswer(sent, response, text);
      if (answer.status !== 429 || pauses === mostPauses) return answer;
      const seconds = Number(answer.headers.get('retry-after'));
      if (!Number.isInteger(seconds) || seconds < 0) {
        throw new BrokenPromise(words, '429 without Retry-After in seconds', 'the header');
      }
      if (seconds > longestPause) return answer;
      await pause(seconds + 1);
    }
  }
  return {
    send,
    fetch: async (path) => {
      const { response } = await answered(`GET ${path}`, `${url}${path}`, { method: 'GET' }, false);
      return response;
    },
  };
}

async function answered(
  words: string,
  url: string,
  init: RequestInit,
  reads = true,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(deadline) });
    return { response, text: reads ? await response.text() : '' };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new BrokenPromise(words, `no answer (${found})`, `one within ${deadline / 1000} seconds`);
  }
}
