import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type Asked = { method: string; url: string; headers: Record<string, string>; body: string };
export type Told = { status: number; headers: Record<string, string>; body: string };

/** What is wrong with a service: it takes a request or gives an answer otherwise than it should. */
export type Fault = {
  asks?(asked: Asked): Partial<Asked>;
  tells?(told: Told, asked: Asked): Partial<Told>;
};

/** A service that is right but for one fault. */
export async function openFaultyProxy(target: string, { asks, tells }: Fault) {
  const proxy = createServer(async (req, res) => {
    const asked = await readRequest(req);
    const passed = { ...asked, ...asks?.(asked) };
    const hasBody = passed.body !== '' && passed.method !== 'GET' && passed.method !== 'HEAD';
    const answer = await fetch(`${target}${passed.url}`, {
      method: passed.method,
      headers: passed.headers,
      redirect: 'manual',
      ...(hasBody && { body: Buffer.from(passed.body, 'latin1') }),
    });
    const told = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    };
    const changed = { ...told, ...tells?.(told, asked) };
    const { 'content-length': _, ...headers } = changed.headers;
    res.writeHead(changed.status, headers);
    res.end(asked.method === 'HEAD' ? undefined : changed.body);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    url: `http://127.0.0.1:${address instanceof Object ? address.port : 0}`,
    close(): void {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

async function readRequest(req: IncomingMessage): Promise<Asked> {
  const { method = 'GET', url = '/' } = req;
  const kept = Object.entries(req.headers).flatMap(([name, value]) => {
    const isOfConnection = ['connection', 'host', 'content-length', 'expect'].includes(name);
    return isOfConnection || typeof value !== 'string' ? [] : [[name, value]];
  });
  // Bytes as they are, whatever they mean.
  const body = (await buffer(req)).toString('latin1');
  return { method, url, headers: Object.fromEntries(kept), body };
}
