import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A way to a server on which the answers to the next requests get lost. */
export async function openDroppingProxy(target: string) {
  let drops = 0;
  const passed: { method: string; url: string; status: number; isDropped: boolean }[] = [];
  const server = createServer((req, res) => {
    const { method = '', url = '', headers } = req;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      const isDropped = drops > 0;
      passed.push({ method, url, status: answer.statusCode ?? 0, isDropped });
      if (isDropped) {
        drops -= 1;
        answer.resume();
        req.socket.destroy();
        return;
      }
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => req.socket.destroy());
    req.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    passed,
    drop(count: number): void {
      drops = count;
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
