import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from './listen.ts';

type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** How a service answers; `count` is 1 for the first request. */
export type Behaviour = (res: ServerResponse, count: number, asked: Asked) => void;

/** A service that answers as a test says, and what it was asked. */
export async function startUpstream(behaviour: Behaviour) {
  const asked: Asked[] = [];
  const answer: RequestListener = async (req, res) => {
    const { method = '', url: path = '', headers } = req;
    const request = { method, path, headers, body: await text(req).catch(() => '') };
    asked.push(request);
    behaviour(res, asked.length, request);
  };
  const server = createServer(answer);
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return close();
    },
  };
}

export const answering =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour =>
  (res) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  };

type Misbehaviour = { name: string; behaviour: Behaviour; kind: string; status: number };

/** Every way to fail, and what a caller gets. */
export const misbehaviours: Misbehaviour[] = [
  {
    name: 'slow',
    behaviour: (res) => {
      res.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => res.write(' '), 20);
      res.once('close', () => clearInterval(drip));
    },
    kind: 'timeout',
    status: 503,
  },
  { name: 'hanging', behaviour: () => {}, kind: 'timeout', status: 503 },
  { name: 'closed', behaviour: (res) => res.destroy(), kind: 'unreachable', status: 503 },
  { name: 'broken', behaviour: answering({}, 500), kind: 'failed', status: 502 },
  { name: 'too busy', behaviour: answering({}, 503), kind: 'limited', status: 503 },
  { name: 'refusing', behaviour: answering({}, 400), kind: 'refused', status: 502 },
  {
    name: 'sending garbage',
    behaviour: (res) => res.end('<html>'),
    kind: 'garbage',
    status: 502,
  },
  {
    name: 'sending too much',
    behaviour: (res) => res.end(JSON.stringify('x'.repeat(2000))),
    kind: 'too large',
    status: 502,
  },
  {
    name: 'sending elsewhere',
    behaviour: answering({}, 302, { Location: 'http://127.0.0.2:1/' }),
    kind: 'redirected',
    status: 502,
  },
];
