import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';

export type FakeAnswer =
  | { status: number; headers?: OutgoingHttpHeaders; body: string }
  | 'hangs'
  | 'closes';

/** A server that gives these answers, one after another, and the last one from then on. */
export async function openFakeServer(answers: readonly FakeAnswer[]) {
  const asked: { at: number; method: string; url: string; key: string | undefined }[] = [];
  const server = createServer((req, res) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'hangs';
    const key = req.headers['idempotency-key'];
    const { method = '', url = '' } = req;
    asked.push({ at: performance.now(), method, url, key: key === undefined ? key : String(key) });
    if (answer === 'hangs') return;
    if (answer === 'closes') req.socket.destroy();
    else res.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}

const meta = { timestamp: '2026-01-31T12:00:00.000Z', requestId: 'r1', path: '/' };

export const row = (data: object): FakeAnswer => ({
  status: 200,
  headers: { ETag: '"one"' },
  body: JSON.stringify({ data, meta }),
});

export const refusal = (status: number, error: object, headers = {}): FakeAnswer => ({
  status,
  headers,
  body: JSON.stringify({ error, meta }),
});
