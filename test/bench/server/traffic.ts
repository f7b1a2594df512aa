import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request, and what is wrong with its answer; nothing is wrong with being told to come later. */
export type Call = {
  method: string;
  path: string;
  body?: string;
  check: (answer: Answer) => string | undefined;
};
export type Answer = { status: number; headers: IncomingHttpHeaders; body: unknown };

/** What has been seen of the answers. */
export type Seen = {
  sent: number;
  statuses: Map<string, number>;
  /** What was wrong, and how often. */
  wrong: Map<string, number>;
  slowest: number;
  underWay: number;
};

export function createTraffic(url: string, token: string, nextCall: () => Call) {
  // Idle connections are closed before the server does it, which would look like a lost answer.
  const agent = new Agent({ keepAlive: true, timeout: 3_000 });
  const { hostname, port } = new URL(url);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const seen: Seen = {
    sent: 0,
    statuses: new Map(),
    wrong: new Map(),
    slowest: 0,
    underWay: 0,
  };
  const count = (counts: Map<string, number>, key: string) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);

  function send(): Promise<void> {
    const { method, path, body, check } = nextCall();
    const startedAt = performance.now();
    seen.sent += 1;
    seen.underWay += 1;
    return new Promise((resolve) => {
      const end = (status: string, problem: string | undefined) => {
        seen.underWay -= 1;
        seen.slowest = Math.max(seen.slowest, performance.now() - startedAt);
        count(seen.statuses, status);
        if (problem) count(seen.wrong, `${method} ${problem}`);
        resolve();
      };
      const lost = (error: Error) => end('none', `not answered: ${error.message}`);
      const options = { agent, hostname, port, method, path, headers };
      request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.once('error', lost);
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          const answer = { status, headers: response.headers, body: parse(text) };
          end(`${status}`, checkRefusal(answer) ?? check(answer));
        });
      })
        .once('error', lost)
        .end(body);
    });
  }

  return {
    seen,
    close: () => agent.destroy(),

    /** As fast as the answers come, over so many connections; what it sustains, in a second. */
    async sustain(connections: number, seconds: number): Promise<number> {
      const before = seen.sent;
      const until = performance.now() + seconds * 1000;
      const loop = async () => {
        while (performance.now() < until) await send();
      };
      await Promise.all(Array.from({ length: connections }, loop));
      return (seen.sent - before) / seconds;
    },

    /** So many a second, whether answers come or not, with at most `most` of them under way. */
    async push(perSecond: number, seconds: number, most: number): Promise<void> {
      const startedAt = performance.now();
      let due = 0;
      for (let past = 0; past < seconds; past = (performance.now() - startedAt) / 1000) {
        for (; due < past * perSecond; due += 1) {
          if (seen.underWay < most) void send();
        }
        await sleep(5);
      }
    },

    /** Waits until every request has ended; how many had not when patience did. */
    async drain(patience: number): Promise<number> {
      for (let waited = 0; waited < patience && seen.underWay > 0; waited += 20) await sleep(20);
      return seen.underWay;
    },
  };
}

const refusals: Record<number, string> = { 429: 'RATE_LIMITED', 503: 'SERVICE_UNAVAILABLE' };

/** A refusal says which it is and when to come back; no other answer than success is right. */
function checkRefusal({ status, headers, body }: Answer): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  const { error, meta } = Object(body);
  const expected = refusals[status];
  if (!expected) return `answered ${status} ${JSON.stringify(body)?.slice(0, 200)}`;
  if (error?.code !== expected || !meta?.requestId) return `${status} with another body`;
  return headers['retry-after'] ? undefined : `${status} without Retry-After`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
